// Procedures on batches: many containers from one click.
import { CreateBatchInput } from "@homeport/domain/batch/batch-input";
import { z } from "zod";
import { allowed, router } from "../trpc";
import { createBatch } from "./create";
import { getBatch } from "./get";
import { listBatches } from "./list";
import { cancelRest, retryFailed } from "./steer";
import { uuid } from "@homeport/domain/text/uuid";

const ById = z.strictObject({ id: uuid() });
const Clicked = z.strictObject({ id: uuid(), requestKey: uuid() });
const ListInput = z.strictObject({
  projectId: uuid(),
  limit: z.int().min(1).max(50).default(20),
  cursor: uuid().nullish(),
  /** Sent along by infinite queries; lists only go one way. */
  direction: z.enum(["forward", "backward"]).optional(),
});

export const batchesRouter = router({
  list: allowed("run:read")
    .input(ListInput)
    .query(({ ctx, input }) => listBatches(ctx, input)),
  get: allowed("run:read")
    .input(ById)
    .query(({ ctx, input }) => getBatch(ctx, input.id)),
  create: allowed("container:write")
    .input(CreateBatchInput.safeExtend({ projectId: uuid(), requestKey: uuid() }))
    .mutation(({ ctx, input }) => createBatch(ctx, input)),
  retryFailed: allowed("run:write")
    .input(Clicked)
    .mutation(({ ctx, input }) => retryFailed(ctx, input)),
  cancelRest: allowed("run:write", { recent: true })
    .input(Clicked)
    .mutation(({ ctx, input }) => cancelRest(ctx, input)),
});
