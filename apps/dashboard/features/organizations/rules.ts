// The rules of the forms of an organization, in a file of their own so that the pages are there before them.
import { CreateInvitationInput } from "@homeport/domain/invitation/invitation-input";
import { CreateOrganizationInput, UpdateOrganizationInput } from "@homeport/domain/organization/organization-input";
import { zodResolver } from "@hookform/resolvers/zod";

export const createRules = zodResolver(CreateOrganizationInput);
export const updateRules = zodResolver(UpdateOrganizationInput);
export const invitationRules = zodResolver(CreateInvitationInput);
