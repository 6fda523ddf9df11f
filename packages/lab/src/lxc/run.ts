// Runs the host's own tools: argv in, output out, never through a shell.
import { spawn } from "node:child_process";
import type { ExecIo } from "../host";

export const hostPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

export interface RunResult {
  code: number;
  stdout: Buffer;
  stderr: string;
}

export interface RunOptions {
  input?: Buffer;
  signal?: AbortSignal;
  onLine?: (line: string) => void;
}

/** Resolves with any exit code; a death by signal is 128+n or 128. Rejects only when it cannot be started or was aborted. */
export function tryRun(argv: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const [command = "", ...args] = argv;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { PATH: hostPath, LC_ALL: "C.UTF-8", HOME: "/root" } });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let rest = "";
    child.stdout.on("data", (bytes: Buffer) => {
      if (options.onLine === undefined) return stdout.push(bytes);
      const lines = (rest + bytes.toString()).split("\n");
      rest = lines.pop() ?? "";
      lines.forEach(options.onLine);
      return undefined;
    });
    child.stderr.on("data", (bytes: Buffer) => stderr.push(bytes));
    const abort = (): void => void child.kill("SIGKILL");
    options.signal?.addEventListener("abort", abort, { once: true });
    child.on("error", reject);
    child.on("close", (code) => {
      options.signal?.removeEventListener("abort", abort);
      if (options.signal?.aborted === true) reject(new Error("interrupted by signal"));
      else resolve({ code: code ?? 128, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() });
    });
    child.stdin.on("error", () => undefined); // A tool that does not read its input closes it.
    child.stdin.end(options.input);
  });
}

/** Rejects with the tool's own words unless it exits 0; resolves with its output. */
export async function run(argv: readonly string[], options: RunOptions = {}): Promise<string> {
  const result = await tryRun(argv, options);
  if (result.code !== 0)
    throw new Error(`${argv[0] ?? ""} failed: ${result.stderr.trim() || `exit code ${result.code}`}`);
  return result.stdout.toString();
}

/** `argv` inside a container, as root, with `io.env` and nothing else; lxc-attach hands exit codes through (127, 126, 128+n). */
export function attach(at: { lxcPath: string; vmid: number }, argv: readonly string[], io: ExecIo): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn("/usr/bin/lxc-attach", ["-P", at.lxcPath, "-n", String(at.vmid), "--keep-env", "--", ...argv], {
      env: { ...io.env },
      stdio: [io.stdin === null ? "ignore" : "pipe", "pipe", "pipe"],
    });
    child.stdout?.on("data", io.stdout);
    child.stderr?.on("data", io.stderr);
    child.stdin?.on("error", () => undefined); // The command ended without reading it all.
    if (io.stdin !== null && child.stdin !== null) io.stdin.pipe(child.stdin);
    const abort = (): void => void child.kill("SIGKILL");
    if (io.signal.aborted) abort();
    io.signal.addEventListener("abort", abort, { once: true });
    child.on("error", reject);
    child.on("close", (code) => {
      io.signal.removeEventListener("abort", abort);
      resolve(code ?? 137);
    });
  });
}
