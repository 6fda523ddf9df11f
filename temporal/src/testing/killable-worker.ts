// How a test starts a worker that it will kill: the product's, with workflows that do not wait for it as long.
import { fileURLToPath } from "node:url";
import { buildWorker, workerCommand, workerSources } from "../build-worker";

const soonMissed = fileURLToPath(new URL("./soon-missed.ts", import.meta.url));

export async function killableWorker(): Promise<{ command: string; args: string[]; env: Record<string, string> }> {
  const interceptors = [...workerSources.interceptors, soonMissed];
  const { argv, env } = workerCommand(await buildWorker({ ...workerSources, interceptors }));
  const [command = "", ...args] = argv;
  return { command, args, env };
}
