// Procedures on requests for containers beyond a quota. Who may decide about one is decided by whose quotas it is beyond. For people alone: what a
// program asked for would be made after its token has ended.
import { AskApprovalInput, RefuseApprovalInput } from "@homeport/domain/approval/approval-input";
import { uuid } from "@homeport/domain/text/uuid";
import { z } from "zod";
import { allowed, inPerson, router } from "../trpc";
import { askApproval } from "./ask";
import { approve } from "./approve";
import { refuse, withdraw } from "./decide";
import { countApprovals, listApprovals } from "./list";

const Id = z.strictObject({ id: uuid() });
const ListInput = z.strictObject({
  /** Those that are decided or have lapsed; else those that are open. */
  ended: z.boolean().default(false),
  limit: z.int().min(1).max(100).default(50),
  cursor: uuid().nullish(),
  /** Sent along by infinite queries; lists only go one way. */
  direction: z.enum(["forward", "backward"]).optional(),
});

const deciding = () => inPerson("account:write", { gated: true });

export const approvalsRouter = router({
  list: allowed("account:read")
    .input(ListInput.prefault({}))
    .query(({ ctx, input }) => listApprovals(ctx, input)),
  openCount: allowed("account:read").query(({ ctx }) => countApprovals(ctx)),
  ask: deciding()
    .input(AskApprovalInput)
    .mutation(({ ctx, input }) => askApproval(ctx, input)),
  approve: deciding()
    .input(Id)
    .mutation(({ ctx, input }) => approve(ctx, input.id)),
  refuse: deciding()
    .input(RefuseApprovalInput)
    .mutation(({ ctx, input }) => refuse(ctx, input)),
  withdraw: deciding()
    .input(Id)
    .mutation(({ ctx, input }) => withdraw(ctx, input.id)),
});
