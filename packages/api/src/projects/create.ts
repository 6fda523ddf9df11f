// A new project of an organization. Whoever may do it in the organization runs the project too, as their role is inherited.
import type { DbOrTransaction } from "@homeport/db/client";
import { uniqueIndex } from "@homeport/db/known-error";
import { AppError } from "@homeport/domain/error";
import type { CreateProjectInput } from "@homeport/domain/project/project-input";
import { z } from "zod";
import { lockOrganization, readOrganizations, requireOrganization } from "../access/organizations";
import type { MemberContext } from "../context";
import { madeOnce } from "../idempotency";
import { uuid } from "@homeport/domain/text/uuid";

export const MOST_PROJECTS = 200;
const Created = z.object({ id: uuid(), slug: z.string() });
type Created = z.infer<typeof Created>;

/** A click that is sent again answers what the first one made. */
export async function createProject(
  ctx: MemberContext,
  { requestKey, ...input }: CreateProjectInput & { requestKey: string },
): Promise<Created> {
  const { organizationId, name, slug } = input;
  const request = { key: requestKey, action: "projects.create", content: input, outcome: Created };
  return madeOnce(ctx, request, {
    // Creations in one organization wait for each other here, so that none sees room that another takes.
    lock: (transaction) => lockOrganization(transaction, organizationId),
    make: async (transaction) => {
      const organizations = () => readOrganizations(transaction, ctx);
      await requireOrganization({ organizations }, { organizationId, permission: "organization:write" });
      await requireRoom(transaction, organizationId);
      const project = await transaction.project.create({
        data: { organizationId, name, slug },
        select: { id: true, slug: true },
      });
      await ctx.audit(transaction, {
        action: "project.create",
        target: { type: "project", id: project.id, name },
        organizationId,
        projectId: project.id,
        details: { slug },
      });
      return project;
    },
    clashes: isSlugTaken,
  }).catch((error: unknown) => {
    throw slugTaken(error, slug);
  });
}

async function requireRoom(transaction: DbOrTransaction, organizationId: string): Promise<void> {
  const count = await transaction.project.count({ where: { organizationId, retiredAt: null } });
  if (count >= MOST_PROJECTS)
    throw new AppError("project.too_many", `An organization has at most ${MOST_PROJECTS} projects.`);
}

const isSlugTaken = (error: unknown): boolean => uniqueIndex(error) === "Project_slug_key";

/** The error itself where it is about something else. */
export function slugTaken(error: unknown, slug: string): unknown {
  if (!isSlugTaken(error)) return error;
  const why = `Another project has the address /p/${slug} already. Choose another.`;
  return new AppError("project.slug_taken", why, { fields: { slug: why }, cause: error });
}
