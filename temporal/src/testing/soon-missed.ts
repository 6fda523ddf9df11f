// An interceptor beside the product's workflows: a worker that was killed is missed after seconds, not twenty.
import type { WorkflowInterceptorsFactory } from "@temporalio/workflow";
import { MISSED_AFTER_MS } from "./missed-after";

export const interceptors: WorkflowInterceptorsFactory = () => ({
  outbound: [
    {
      scheduleActivity(input, next) {
        if (input.options.heartbeatTimeout === undefined) return next(input);
        return next({ ...input, options: { ...input.options, heartbeatTimeout: MISSED_AFTER_MS } });
      },
    },
  ],
});
