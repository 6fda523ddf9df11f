// What a client with this interceptor starts demands sealed answers (workflows/answers.ts).
import type { WorkflowClientInterceptor } from "@temporalio/client";
import { seal, START } from "./sealed-as";

export const sealStarts: WorkflowClientInterceptor = {
  startWithDetails: (input, next) =>
    next({ ...input, options: { ...input.options, args: seal(input.options.args, START) } }),
  signalWithStart: (input, next) =>
    next({ ...input, options: { ...input.options, args: seal(input.options.args, START) } }),
};
