// Procedures on what rows, Temporal and nodes do not agree on.
import { OrphanActions } from "@homeport/domain/orphan/orphan";
import { z } from "zod";
import { allowed, router } from "../trpc";
import { countOpenOrphans, listOrphans } from "./list";
import { requestScan } from "./request-scan";
import { settleOrphan } from "./settle";
import { uuid } from "@homeport/domain/text/uuid";

const Settle = z.strictObject({
  id: uuid(),
  /** Where a guest goes that no container here was ever made for. */
  projectId: uuid(),
  action: z.enum(OrphanActions),
  requestKey: uuid(),
  name: z.string().max(255).optional(),
});
const List = z.strictObject({ state: z.enum(["open", "ignored", "resolved"]).optional() });

export const orphansRouter = router({
  list: allowed("node:read")
    .input(List.prefault({}))
    .query(({ ctx, input }) => listOrphans(ctx, input)),
  openCount: allowed("node:read").query(({ ctx }) => countOpenOrphans(ctx)),
  settle: allowed("node:write", { recent: true })
    .input(Settle)
    .mutation(({ ctx, input }) => settleOrphan(ctx, input)),
  scan: allowed("node:write").mutation(({ ctx }) => requestScan(ctx)),
});
