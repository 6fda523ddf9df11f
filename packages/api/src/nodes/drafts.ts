// The caller's nodes and changes that are not saved yet: how somebody who closed the page finds them again.
import type { MemberContext } from "../context";

const fields = { id: true, name: true, host: true, port: true, draftUntil: true, replacesId: true } as const;

export interface NodeDraft {
  id: string;
  name: string;
  host: string;
  port: number;
  /** Gone with its secrets then. */
  draftUntil: Date;
  /** The node that it changes when it is saved; null: it is a new node. */
  replacesId: string | null;
}

export async function listDrafts({ db, userId }: MemberContext): Promise<NodeDraft[]> {
  const rows = await db.proxmoxNode.findMany({
    where: { userId, draftUntil: { not: null } },
    select: fields,
    orderBy: { createdAt: "asc" },
  });
  return rows.flatMap(({ draftUntil, ...row }) => (draftUntil === null ? [] : { ...row, draftUntil }));
}
