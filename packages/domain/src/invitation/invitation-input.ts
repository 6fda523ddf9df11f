// What a person decides about an invitation: one schema for the form and the router.
import "../text/input-messages";
import { z } from "zod";
import { Email } from "../account/account-input";
import { OrganizationRoleInput } from "../organization/organization-input";
import { ProjectRoleInput } from "../project/project-input";
import { uuid } from "../text/uuid";

/** `email` empty: whoever has the link. `projectId` empty: of no project yet. */
export const CreateInvitationInput = z.strictObject({
  organizationId: uuid(),
  email: Email.or(z.literal("")),
  role: OrganizationRoleInput,
  projectId: uuid().or(z.literal("")),
  /** "inherited": the role that they have in the organization, whatever it becomes. */
  projectRole: ProjectRoleInput,
});
export type CreateInvitationInput = z.input<typeof CreateInvitationInput>;
