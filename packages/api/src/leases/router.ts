// Procedures on leases.
import { LeaseDefault, SetLeaseInput } from "@homeport/domain/lease/lease-input";
import { uuid } from "@homeport/domain/text/uuid";
import { z } from "zod";
import { allowed, router } from "../trpc";
import { extendLease, removeLease, setLeaseOf } from "./change";
import { getProjectLease, setProjectLease } from "./of-project";

const ById = z.strictObject({ id: uuid() });
const InProject = z.strictObject({ projectId: uuid() });

export const leasesRouter = router({
  /** It may destroy, a while later. */
  set: allowed("container:write", { recent: true })
    .input(SetLeaseInput)
    .mutation(({ ctx, input }) => setLeaseOf(ctx, input)),
  extend: allowed("container:write")
    .input(ById)
    .mutation(({ ctx, input }) => extendLease(ctx, input.id)),
  remove: allowed("container:write")
    .input(ById)
    .mutation(({ ctx, input }) => removeLease(ctx, input.id)),
  ofProject: allowed("project:read")
    .input(InProject)
    .query(({ ctx, input }) => getProjectLease(ctx, input.projectId)),
  setOfProject: allowed("project:write", { recent: true })
    .input(InProject.extend({ lease: LeaseDefault.nullable() }))
    .mutation(({ ctx, input }) => setProjectLease(ctx, input)),
});
