// Procedures on everybody with an account, for who set this installation up.
import { QuotaChange } from "@homeport/domain/quota/quota";
import { uuid } from "@homeport/domain/text/uuid";
import { z } from "zod";
import { setUpInstallation } from "../access/installation";
import { setPersonQuota } from "../quotas/set";
import { allowed, router } from "../trpc";
import { endTheirSecondFactor } from "./end-second-factor";
import { listPeople } from "./list";
import { disablePerson, enablePerson } from "./set-status";

const Id = z.strictObject({ id: uuid() });
const ListInput = z.strictObject({
  search: z.string().trim().max(100).default(""),
  limit: z.int().min(1).max(100).default(50),
  cursor: uuid().nullish(),
  /** Sent along by infinite queries; lists only go one way. */
  direction: z.enum(["forward", "backward"]).optional(),
});

export const peopleRouter = router({
  /** Whether who asks set this installation up: for them are the pages People and Mails. */
  isMine: allowed("account:read").query(({ ctx }) => setUpInstallation(ctx)),
  list: allowed("people:read")
    .input(ListInput.prefault({}))
    .query(({ ctx, input }) => listPeople(ctx, input)),
  disable: allowed("people:write", { recent: true })
    .input(Id)
    .mutation(({ ctx, input }) => disablePerson(ctx, input.id)),
  enable: allowed("people:write", { recent: true })
    .input(Id)
    .mutation(({ ctx, input }) => enablePerson(ctx, input.id)),
  endSecondFactor: allowed("people:write", { recent: true })
    .input(Id)
    .mutation(({ ctx, input }) => endTheirSecondFactor(ctx, input.id)),
  setQuota: allowed("people:write", { recent: true })
    .input(Id.extend({ quota: QuotaChange }))
    .mutation(({ ctx, input }) => setPersonQuota(ctx, input)),
});
