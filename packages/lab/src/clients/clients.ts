// Prepares and runs clients that nobody here wrote, against a lab: pinned packages, in a cache outside the repository.

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Lab } from "../start-lab";

export interface Step {
  step: string;
  value: unknown;
}

export interface Client {
  name: string;
  /** Resolves with why it cannot run here, or with the command that runs its script. */
  prepare(): Promise<{ missing: string } | { argv: string[]; cwd?: string; env?: Record<string, string> }>;
}

const here = import.meta.dirname;
const cache = join(process.env["HOMEPORT_CACHE"] ?? join(homedir(), ".cache", "homeport"), "clients");

export const proxmoxer: Client = {
  name: "proxmoxer 2.3.0",
  async prepare() {
    const python = "python3";
    const found = await run([python, "-c", "import sys, venv; assert sys.version_info >= (3, 10)"]);
    if (found.code !== 0) return { missing: "Python 3.10 or newer with venv is not here" };
    const requirements = join(here, "proxmoxer-requirements.txt");
    const home = join(
      cache,
      `proxmoxer-${createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 12)}`,
    );
    const command = { argv: [join(home, "bin/python"), join(here, "lifecycle.py")], env: { PYTHONWARNINGS: "ignore" } };
    if (existsSync(join(home, "ready"))) return command;
    rmSync(home, { recursive: true, force: true });
    mkdirSync(cache, { recursive: true });
    const made = await run([python, "-m", "venv", home]);
    const pip = [
      "-m",
      "pip",
      "install",
      "--quiet",
      "--disable-pip-version-check",
      "--require-hashes",
      "--only-binary",
      ":all:",
      "-r",
      requirements,
    ];
    const installed = made.code === 0 ? await run([join(home, "bin/python"), ...pip]) : made;
    if (installed.code !== 0) return { missing: `its packages cannot be installed: ${lastLine(installed.output)}` };
    mkdirSync(join(home, "ready"));
    return command;
  },
};

export const goProxmox: Client = {
  name: "go-proxmox 0.8.2",
  async prepare() {
    const version = await run(["go", "env", "GOVERSION"]);
    const [, minor = "0"] = /^go1\.(\d+)/.exec(version.output) ?? [];
    if (version.code !== 0 || Number(minor) < 25) return { missing: "Go 1.25 or newer is not here" };
    const source = join(here, "go-proxmox");
    const env = { GOFLAGS: "-mod=readonly", GOTOOLCHAIN: "local" };
    const program = join(cache, `go-proxmox-${process.pid}`);
    mkdirSync(cache, { recursive: true });
    const built = await run(["go", "build", "-o", program, "."], { cwd: source, env });
    if (built.code !== 0) {
      const unreachable = /dial tcp|no such host|i\/o timeout|connection refused/.test(built.output);
      if (unreachable) return { missing: `its module cannot be fetched: ${lastLine(built.output)}` };
      throw new Error(built.output);
    }
    const final = join(cache, "go-proxmox");
    renameSync(program, final);
    return { argv: [final] };
  },
};

/** The steps that the script printed; rejects with its complaint unless it ends well. */
export async function steps(lab: Lab, command: { argv: string[]; env?: Record<string, string> }): Promise<Step[]> {
  const { id, secret } = lab.token;
  const env = {
    LAB_HOST: lab.host,
    LAB_PORT: String(lab.port),
    LAB_TOKEN_ID: id,
    LAB_TOKEN_SECRET: secret,
    LAB_PASSWORD: lab.ssh.password,
  };
  const { code, output } = await run(command.argv, { env: { ...command.env, ...env } });
  const lines = output.split("\n").filter((line) => line.startsWith('{"step"'));
  if (code !== 0)
    throw new Error(`${command.argv[0] ?? ""} ended with ${code} after ${lines.at(-1) ?? "nothing"}:\n${output}`);
  return lines.map((line) => JSON.parse(line) as Step); // printed by our own script
}

function run(
  [command = "", ...args]: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (bytes: Buffer) => (output += bytes.toString()));
    child.once("error", (failure) => resolve({ code: 127, output: failure.message }));
    child.once("close", (code) => resolve({ code: code ?? 128, output }));
  });
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
