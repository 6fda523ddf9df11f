// Where the workflows are: for whoever compiles or replays them.
import { fileURLToPath } from "node:url";

export const workflowsPath = fileURLToPath(new URL("./workflows/index.ts", import.meta.url));
/** Of a worker, a bundle or a replay: workflow code without it believes whatever is answered. */
export const workflowInterceptors = [fileURLToPath(new URL("./workflows/answers.ts", import.meta.url))];
