// What a person types about an organization and its members: one schema for the forms and the router.
import "../text/input-messages";
import { z } from "zod";
import { Roles } from "../access/rank";
import { VisibleName } from "../account/visible-name";
import { ProjectSlug } from "../project/project-input";

/** In addresses: "/o/werkstatt". Unique in the installation. */
const OrganizationSlug = ProjectSlug;
const OrganizationName = VisibleName(60);

export const CreateOrganizationInput = z.strictObject({ name: OrganizationName, slug: OrganizationSlug });
export type CreateOrganizationInput = z.input<typeof CreateOrganizationInput>;

export const UpdateOrganizationInput = CreateOrganizationInput.extend({ id: z.uuid() });
export type UpdateOrganizationInput = z.input<typeof UpdateOrganizationInput>;

export const OrganizationRoleInput = z.enum(Roles, "Choose a role.");
