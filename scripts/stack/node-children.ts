// The parts of the stack that are our own code in processes of Node, and how each says that it is ready.
import { findEvent, startChild, type Running } from "./child";
import { DASHBOARD_DIR, nextCli } from "./dashboard-build";
import { ROOT } from "./paths";

interface NodeChild {
  log: string;
  env: NodeJS.ProcessEnv;
  onSpawn: (pid: number) => void;
}

/** The worker, or the node watcher: `name` says which. A template that cannot be read is printed. */
export function startWorker(
  { name, argv, log, env, onSpawn }: NodeChild & { name: string; argv: readonly string[] },
  print: (line: string) => void,
): Promise<Running> {
  const ready = (output: string): boolean => {
    if (!output.includes('"event":"ready"')) return false;
    const problems = findEvent(output, "templates")?.problems;
    if (Array.isArray(problems))
      for (const problem of problems) print(`! A template cannot be read: ${String(problem)}`);
    return true;
  };
  return startChild({
    name,
    argv,
    cwd: ROOT,
    env,
    log,
    onSpawn,
    ready,
    stopDeadlineMs: 20_000,
  });
}

export function startDashboard({
  log,
  env,
  onSpawn,
  dir,
  port,
}: NodeChild & { dir: string; port: number }): Promise<Running> {
  return startChild({
    name: "dashboard",
    // Less room for young objects: see temporal/src/build-worker.ts.
    argv: [process.execPath, "--max-semi-space-size=4", nextCli(), "start", dir, "-H", "127.0.0.1", "-p", String(port)],
    cwd: DASHBOARD_DIR,
    // Next's own handler waits for open event streams on SIGTERM, for as long as anybody looks at a page.
    env: {
      ...env,
      NODE_ENV: "production",
      MALLOC_ARENA_MAX: "2",
      NEXT_MANUAL_SIG_HANDLE: "true",
      NEXT_TELEMETRY_DISABLED: "1",
    },
    log,
    onSpawn,
    ready: () =>
      fetch(`http://127.0.0.1:${port}/`, { redirect: "manual" }).then(
        ({ status }) => status < 500,
        () => false,
      ),
    stopDeadlineMs: 8_000,
  });
}
