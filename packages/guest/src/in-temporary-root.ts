// For tests: a runner installed in a temporary directory of this machine and driven as the product drives it.
import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { parseFollow, type FollowAnswer } from "./answers";
import { envText, followArgv, installArgv, putArgv, startArgv, stopArgv, unitPaths, type FilePolicy } from "./argv";
import { helpers, HELPERS_PATH, runner, RUNNER_PATH, sha256 } from "./texts";

export interface Answer {
  code: number | null;
  stdout: Buffer;
  stderr: string;
}

/** Runs `argv` with every path of the runner under a new directory; `close` ends what was started and removes it. */
export async function inTemporaryRoot() {
  const root = mkdtempSync(join(tmpdir(), "homeport-guest-"));
  const units = new Set<string>();
  const { uid, gid } = userInfo();

  async function exec(argv: readonly string[], stdin: string | Buffer = ""): Promise<Answer> {
    const [command = "sh", ...args] = argv.map((arg, at) => (at === 1 && arg === RUNNER_PATH ? root + arg : arg));
    return collect(command, args, { root, stdin });
  }

  async function put(
    target: string,
    content: string,
    { policy = "REPLACE", mode = "0644" }: { policy?: FilePolicy; mode?: string } = {},
  ): Promise<Answer> {
    return exec(putArgv({ target, sha256: sha256(content), mode, owner: `${uid}:${gid}`, policy }), content);
  }

  async function start(unit: string, script: string, env: Record<string, string> = {}): Promise<string> {
    units.add(unit);
    await put(unitPaths(unit).script, script, { mode: "0600" });
    await put(unitPaths(unit).env, envText(env), { mode: "0600" });
    return (await exec(startArgv(unit))).stdout.toString().trim();
  }

  async function follow(
    unit: string,
    at: { offset?: number; waitSeconds?: number; maxBytes?: number } = {},
  ): Promise<FollowAnswer> {
    const { offset = 0, waitSeconds = 0, maxBytes = 65_536 } = at;
    return parseFollow((await exec(followArgv(unit, { offset, maxBytes, waitSeconds }))).stdout);
  }

  /** Follows to the end by offsets, as the product does. */
  async function finish(
    unit: string,
    maxBytes = 65_536,
  ): Promise<{ state: string; exit?: number | undefined; output: string }> {
    const parts: Buffer[] = [];
    let offset = 0;
    for (;;) {
      const seen = await follow(unit, { offset, waitSeconds: 5, maxBytes });
      parts.push(seen.bytes);
      offset += seen.bytes.length;
      if (seen.state !== "running" && offset >= seen.size) {
        return { state: seen.state, exit: seen.exit, output: Buffer.concat(parts).toString() };
      }
    }
  }

  async function close(): Promise<void> {
    for (const unit of units) await exec(stopArgv(unit));
    await rm(root, { recursive: true, force: true });
  }

  for (const [path, text] of [
    [RUNNER_PATH, runner],
    [HELPERS_PATH, helpers],
  ] as const) {
    const installed = await exec(installArgv(path, sha256(text)), text);
    if (installed.code !== 0) throw new Error(`Installing ${path} failed: ${installed.stderr}`);
  }
  return { root, exec, put, start, follow, finish, close };
}

export type TemporaryRoot = Awaited<ReturnType<typeof inTemporaryRoot>>;

function collect(command: string, args: string[], io: { root: string; stdin: string | Buffer }): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { PATH: process.env["PATH"], HOMEPORT_ROOT: io.root } });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (bytes: Buffer) => stdout.push(bytes));
    child.stderr.on("data", (bytes: Buffer) => stderr.push(bytes));
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() });
    });
    child.stdin.on("error", () => undefined); // A verb that refuses its arguments does not read its input.
    child.stdin.end(io.stdin);
  });
}
