// What a person types about an organization and its members: one schema for the forms and the router.
import "../text/input-messages";
import { z } from "zod";
import { Roles } from "../access/rank";
import { VisibleName } from "../account/visible-name";
import { ProjectSlug } from "../project/project-input";
import { uuid } from "../text/uuid";

/** In addresses: "/o/werkstatt". Unique in the installation. */
const OrganizationSlug = ProjectSlug;
export const NAME_MAX = 60;
const OrganizationName = VisibleName(NAME_MAX);

export const CreateOrganizationInput = z.strictObject({ name: OrganizationName, slug: OrganizationSlug });
export type CreateOrganizationInput = z.input<typeof CreateOrganizationInput>;

export const UpdateOrganizationInput = CreateOrganizationInput.extend({ id: uuid() });
export type UpdateOrganizationInput = z.input<typeof UpdateOrganizationInput>;

export const OrganizationRoleInput = z.enum(Roles, "Choose a role.");
