// Procedures on the organizations a person belongs to, and on their members.
import {
  CreateOrganizationInput,
  OrganizationRoleInput,
  UpdateOrganizationInput,
} from "@homeport/domain/organization/organization-input";
import { z } from "zod";
import { allowed, router } from "../trpc";
import { createOrganization } from "./create";
import { getOrganization } from "./get";
import { listMembers } from "./members/list";
import { leaveOrganization, removeMember } from "./members/remove";
import { setRole } from "./members/set-role";
import { requireSecondFactor } from "./require-second-factor";
import { retireOrganization } from "./retire";
import { updateOrganization } from "./update";
import { readOrganizationViews } from "./view";
import { uuid } from "@homeport/domain/text/uuid";

/** As the database has it; what is longer names nothing. */
const Slug = z.string().min(1).max(100);
const Id = z.strictObject({ id: uuid() });
const Member = z.strictObject({ organizationId: uuid(), userId: uuid() });

export const organizationsRouter = router({
  list: allowed("organization:read").query(({ ctx }) => readOrganizationViews(ctx)),
  get: allowed("organization:read")
    .input(z.strictObject({ slug: Slug }))
    .query(({ ctx, input }) => getOrganization(ctx, input.slug)),
  create: allowed("account:write")
    .input(CreateOrganizationInput.extend({ requestKey: uuid() }))
    .mutation(({ ctx, input }) => createOrganization(ctx, input)),
  update: allowed("organization:write")
    .input(UpdateOrganizationInput)
    .mutation(({ ctx, input }) => updateOrganization(ctx, input)),
  destroy: allowed("ownership:write", { recent: true })
    .input(Id.extend({ name: z.string().max(200) }))
    .mutation(({ ctx, input }) => retireOrganization(ctx, input)),
  requireSecondFactor: allowed("ownership:write", { recent: true })
    .input(Id.extend({ required: z.boolean() }))
    .mutation(({ ctx, input }) => requireSecondFactor(ctx, input)),
  members: allowed("organization:read")
    .input(Id)
    .query(({ ctx, input }) => listMembers(ctx, input.id)),
  setRole: allowed("member:write")
    .input(Member.extend({ role: OrganizationRoleInput }))
    .mutation(({ ctx, input }) => setRole(ctx, input)),
  removeMember: allowed("member:write")
    .input(Member)
    .mutation(({ ctx, input }) => removeMember(ctx, input)),
  leave: allowed("account:write")
    .input(Id)
    .mutation(({ ctx, input }) => leaveOrganization(ctx, input.id)),
});
