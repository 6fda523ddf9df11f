// Procedures on runs.
import { RunState } from "@homeport/db/types";
import { Decisions } from "@homeport/domain/run/run-state";
import { StepEdit } from "@homeport/domain/run/step-edit";
import { z } from "zod";
import { allowed, router } from "../trpc";
import { runAgain } from "./again";
import { cancelRun } from "./cancel";
import { compareRuns } from "./compare/compare";
import { decideRun } from "./decide";
import { getRun } from "./get";
import { readRunInput } from "./input";
import { listRuns } from "./list";
import { steerRun } from "./steer";
import { readStepInput } from "./step-input";
import { watchRun } from "./watch";
import { uuid } from "@homeport/domain/text/uuid";

const ById = z.strictObject({ id: uuid() });
const Clicked = z.strictObject({ id: uuid(), requestKey: uuid() });
const ListInput = z.strictObject({
  projectId: uuid(),
  containerId: uuid().optional(),
  state: z.enum(RunState).optional(),
  limit: z.int().min(1).max(100).default(30),
  cursor: uuid().nullish(),
  /** Sent along by infinite queries; lists only go one way. */
  direction: z.enum(["forward", "backward"]).optional(),
});

export const runsRouter = router({
  list: allowed("run:read")
    .input(ListInput)
    .query(({ ctx, input }) => listRuns(ctx, input)),
  get: allowed("run:read")
    .input(ById)
    .query(({ ctx, input }) => getRun(ctx, input.id)),
  decide: allowed("run:write")
    .input(z.strictObject({ id: uuid(), decision: z.enum(Decisions), requestKey: uuid(), edit: StepEdit.optional() }))
    .mutation(({ ctx, input }) => decideRun(ctx, input)),
  pause: allowed("run:write")
    .input(Clicked)
    .mutation(({ ctx, input }) => steerRun(ctx, { ...input, steer: "pause" })),
  resume: allowed("run:write")
    .input(Clicked)
    .mutation(({ ctx, input }) => steerRun(ctx, { ...input, steer: "resume" })),
  // It undoes what the run made: the guest is destroyed.
  cancel: allowed("run:write", { recent: true })
    .input(z.strictObject({ id: uuid(), requestKey: uuid().optional() }))
    .mutation(({ ctx, input }) => cancelRun(ctx, input)),
  stepInput: allowed("run:read")
    .input(z.strictObject({ id: uuid(), step: z.string().max(80) }))
    .query(({ ctx, input }) => readStepInput(ctx, input)),
  input: allowed("run:read")
    .input(ById)
    .query(({ ctx, input }) => readRunInput(ctx, input.id)),
  again: allowed("container:write")
    .input(Clicked)
    .mutation(({ ctx, input }) => runAgain(ctx, input)),
  compare: allowed("run:read")
    .input(z.strictObject({ a: uuid(), b: uuid() }))
    .query(({ ctx, input }) => compareRuns(ctx, input)),
  watch: allowed("run:read")
    .input(z.strictObject({ id: uuid(), lastEventId: z.string().max(60).nullish() }))
    .subscription(({ ctx, input, signal }) => watchRun(ctx, input, signal)),
});
