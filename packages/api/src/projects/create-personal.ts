// What a new person gets: an organization of their own and its project "default".
import { randomBytes } from "node:crypto";
import type { DbOrTransaction } from "@homeport/db/client";
import { NAME_MAX } from "@homeport/domain/organization/organization-input";
import { SLUG_MAX, slugOf } from "@homeport/domain/project/slug-of";

/** Enough that two never meet without asking what others chose, and short enough for an address. */
const SLUG_BYTES = 6;

function ownSlug(word: string): string {
  const end = `-${randomBytes(SLUG_BYTES).toString("hex")}`;
  return word.slice(0, SLUG_MAX - end.length).replace(/-$/, "") + end;
}

const TAIL = "'s organization";

/** As long as one that a person may type, whatever they are called. */
function ownName(name: string): string {
  let whole = "";
  for (const { segment } of new Intl.Segmenter().segment(name)) {
    if (whole.length + segment.length + TAIL.length > NAME_MAX) break;
    whole += segment;
  }
  return whole + TAIL;
}

export async function createPersonalOrganization(
  within: DbOrTransaction,
  { id, name }: { id: string; name: string },
): Promise<{ organizationId: string; projectId: string }> {
  const organization = await within.organization.create({
    data: {
      name: ownName(name),
      slug: ownSlug(slugOf(name) || "personal"),
      personalOfId: id,
      members: { create: { userId: id, role: "OWNER" } },
    },
    select: { id: true },
  });
  const project = await within.project.create({
    data: {
      organizationId: organization.id,
      name: "default",
      slug: ownSlug("default"),
      members: { create: { userId: id, role: "ADMIN", inheritedFromOrg: true } },
    },
    select: { id: true },
  });
  return { organizationId: organization.id, projectId: project.id };
}
