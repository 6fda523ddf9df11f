// The passkeys of one's account, newest first, those for another address too: they count where it is that one again.
import type { Prisma } from "@homeport/db/client";
import type { InPersonContext } from "../context";
import { passkeyPlace, type PasskeyPlace } from "./place";

const select = {
  id: true,
  name: true,
  rpId: true,
  backedUp: true,
  createdAt: true,
  lastUsedAt: true,
} as const satisfies Prisma.PasskeySelect;

export type PasskeyView = Prisma.PasskeyGetPayload<{ select: typeof select }>;

export async function listPasskeys({
  db,
  userId,
  config,
}: InPersonContext): Promise<{ place: PasskeyPlace; items: PasskeyView[] }> {
  const items = await db.passkey.findMany({ where: { user: { id: userId } }, select, orderBy: { id: "desc" } });
  return { place: passkeyPlace(config.publicUrl), items };
}
