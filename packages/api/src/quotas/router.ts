// Procedures on how much may be taken, and on what is taken of it.
import { QuotaChange } from "@homeport/domain/quota/quota";
import { uuid } from "@homeport/domain/text/uuid";
import { z } from "zod";
import { allowed, router } from "../trpc";
import { getOrganizationQuota, getProjectQuota, getRoom } from "./get";
import { setOrganizationQuota, setProjectQuota } from "./set";

const InProject = z.strictObject({ projectId: uuid() });
const InOrganization = z.strictObject({ organizationId: uuid() });

export const quotasRouter = router({
  room: allowed("container:write")
    .input(InProject.extend({ nodeId: uuid() }))
    .query(({ ctx, input }) => getRoom(ctx, input)),
  project: allowed("project:read")
    .input(InProject)
    .query(({ ctx, input }) => getProjectQuota(ctx, input.projectId)),
  organization: allowed("organization:read")
    .input(InOrganization)
    .query(({ ctx, input }) => getOrganizationQuota(ctx, input.organizationId)),
  setProject: allowed("member:write")
    .input(InProject.extend({ quota: QuotaChange }))
    .mutation(({ ctx, input }) => setProjectQuota(ctx, input)),
  setOrganization: allowed("ownership:write")
    .input(InOrganization.extend({ quota: QuotaChange }))
    .mutation(({ ctx, input }) => setOrganizationQuota(ctx, input)),
});
