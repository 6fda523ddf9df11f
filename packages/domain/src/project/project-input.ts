// What a person types about a project: one schema for the forms and the router.
import "../text/input-messages";
import { z } from "zod";
import { VisibleName } from "../account/visible-name";
import { SLUG_MAX } from "./slug-of";
import { uuid } from "../text/uuid";

const ProjectName = VisibleName(60);
/** In addresses: "/p/web-team". Unique in the installation. */
export const ProjectSlug = z
  .string()
  .trim()
  .toLowerCase()
  .min(2, "At least 2 characters.")
  .max(SLUG_MAX, `At most ${SLUG_MAX} characters.`)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "Letters from a to z, digits, and single hyphens between them, such as web-team.");

export const CreateProjectInput = z.strictObject({
  organizationId: uuid("Choose an organization."),
  name: ProjectName,
  slug: ProjectSlug,
});
export type CreateProjectInput = z.input<typeof CreateProjectInput>;

export const UpdateProjectInput = z.strictObject({ id: uuid(), name: ProjectName, slug: ProjectSlug });
export type UpdateProjectInput = z.input<typeof UpdateProjectInput>;

/** "inherited": the role that somebody has in the organization, whatever it becomes. */
export const ProjectRoleInput = z.enum(["inherited", "ADMIN", "OPERATOR", "VIEWER"], "Choose a role.");
export type ProjectRoleInput = z.output<typeof ProjectRoleInput>;
