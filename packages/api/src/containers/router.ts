// Procedures on containers.
import { CreateContainerInput } from "@homeport/domain/container/container-input";
import { type ContainerAction, runKinds } from "@homeport/domain/run/run-kinds";
import { z } from "zod";
import { allowed, router } from "../trpc";
import { createContainer } from "./create";
import { watchContainerChanges } from "./feed/changes";
import { getContainer } from "./get";
import { listContainers } from "./list";
import { operate } from "./operate";
import { planContainer } from "./plan";
import { revealCredentials } from "./reveal-credentials";
import { watchContainers } from "./watch";
import { uuid } from "@homeport/domain/text/uuid";

const InProject = z.strictObject({ projectId: uuid() });
const ById = z.strictObject({ id: uuid() });
const RequestKey = uuid();
const PlanHash = z.string().regex(/^[0-9a-f]{64}$/);
const Operation = z.strictObject({ id: uuid(), requestKey: RequestKey });

const operation = (kind: ContainerAction) =>
  allowed(runKinds[kind].permission, { recent: runKinds[kind].recentSignIn })
    .input(Operation)
    .mutation(({ ctx, input }) => operate(ctx, kind, input));

const operations = {
  start: operation("start"),
  stop: operation("stop"),
  shutdown: operation("shutdown"),
  reboot: operation("reboot"),
  destroy: operation("destroy"),
} satisfies Record<ContainerAction, unknown>;

export const containersRouter = router({
  list: allowed("container:read")
    .input(InProject.extend({ includeDeleted: z.boolean().optional() }))
    .query(({ ctx, input }) => listContainers(ctx, input)),
  get: allowed("container:read")
    .input(ById)
    .query(({ ctx, input }) => getContainer(ctx, input.id)),
  plan: allowed("container:write")
    .input(CreateContainerInput.extend(InProject.shape))
    .mutation(({ ctx, input }) => planContainer(ctx, input)),
  create: allowed("container:write")
    .input(
      CreateContainerInput.extend({
        ...InProject.shape,
        requestKey: RequestKey,
        planHash: PlanHash.optional(),
        againOfId: uuid().optional(),
      }),
    )
    .mutation(({ ctx, input }) => createContainer(ctx, input)),
  ...operations,
  revealCredentials: allowed("secret:read", { recent: true })
    .input(z.strictObject({ id: uuid(), service: z.string().min(1).max(100) }))
    .mutation(({ ctx, input }) => revealCredentials(ctx, input)),
  /** The list kept up to date; `lastEventId`: the digest of the list that is there already. */
  changes: allowed("container:read")
    .input(InProject.extend({ lastEventId: z.string().max(60).nullish() }))
    .subscription(({ ctx, input, signal }) => watchContainerChanges(ctx, input, signal)),
  /** Which containers changed. */
  watch: allowed("container:read")
    .input(InProject)
    .subscription(({ ctx, input, signal }) => watchContainers(ctx, input, signal)),
});
