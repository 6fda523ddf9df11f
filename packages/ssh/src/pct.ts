// Proxmox's own command for containers, over SSH: what the REST API cannot do.
import type { ExecOptions, ExecResult } from "./exec";
import { isRefusalOfExec, PctError, pctErrorKind } from "./pct-error";
import { pull, push, type PushFile } from "./pct-files";
import type { Ssh } from "./ssh";

interface PctGuest {
  vmid: number;
  /** `running`, `stopped`, … */
  status: string;
  lock?: string;
  name: string;
}

/** Every method rejects with `PctError` when `pct` refuses and with `SshError` when the outcome is not known. */
export interface Pct {
  /** Runs `argv` as root inside, in a clean environment, without a shell. Any exit code of the command itself resolves. */
  exec(vmid: number, argv: readonly string[], options?: ExecOptions): Promise<ExecResult>;
  /** Writes a file inside and proves that it arrived. */
  push(vmid: number, file: PushFile, options?: PctOptions): Promise<void>;
  /** Reads a file inside and proves that it is whole. */
  pull(vmid: number, path: string, options?: PctOptions): Promise<Buffer>;
  /** Sets options as root@pam, e.g. `{ features: "nesting=1,keyctl=1" }`, which no API token may. */
  set(vmid: number, values: Readonly<Record<string, string>>, options?: PctOptions): Promise<void>;
  /** Removes a config lock, left for instance by a host that lost power. */
  unlock(vmid: number, options?: PctOptions): Promise<void>;
  /** `running` or `stopped`. */
  status(vmid: number, options?: PctOptions): Promise<string>;
  /** The configuration as `key: value` lines have it. */
  config(vmid: number, options?: PctOptions): Promise<Record<string, string>>;
  list(options?: PctOptions): Promise<PctGuest[]>;
}

type PctOptions = Pick<ExecOptions, "signal" | "timeoutMs">;

/**
 * `--keep-env 0`: by default pct hands the environment of our SSH session to the container. `env -i` then sets what it leaves out: HOME.
 */
const cleanEnvironment = [
  "env",
  "-i",
  "HOME=/root",
  "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  "LANG=C.UTF-8",
];

/**
 * `pct` on the host at the other end of `ssh`. Files are staged in `/run`: it is root's alone, so that nobody can prepare a link
 * there, and in memory, so that no secret reaches a disk.
 */
export function pct(ssh: Ssh, { stageDir = "/run" }: { stageDir?: string } = {}): Pct {
  const execInside: Pct["exec"] = async (vmid, argv, options) => {
    const result = await ssh.exec(
      ["pct", "exec", String(vmid), "--keep-env", "0", "--", ...cleanEnvironment, ...argv],
      options,
    );
    if (isRefusalOfExec(result.code, result.stderr)) throw refusal(result);
    return result;
  };
  const run = async (args: readonly string[], options?: PctOptions): Promise<ExecResult> => {
    const result = await ssh.exec(["pct", ...args], options);
    if (result.code !== 0) throw refusal(result);
    return result;
  };
  return {
    exec: execInside,
    push: (vmid, file, options) => push({ ssh, stageDir, run, execInside }, { vmid, file }, options),
    pull: (vmid, path, options) => pull({ ssh, stageDir, run, execInside }, { vmid, path }, options),
    async set(vmid, values, options) {
      await run(
        ["set", String(vmid), ...Object.entries(values).flatMap(([key, value]) => [`--${key}`, value])],
        options,
      );
    },
    async unlock(vmid, options) {
      const result = await ssh.exec(["pct", "unlock", String(vmid)], options);
      // What is not locked is as unlocked as was asked for (pve-guest-common AbstractConfig.pm `remove_lock`).
      if (result.code !== 0 && !result.stderr.includes("no lock found")) throw refusal(result);
    },
    async status(vmid, options) {
      const { stdout } = await run(["status", String(vmid)], options);
      return stdout
        .toString("utf8")
        .replace(/^status:/, "")
        .trim();
    },
    async config(vmid, options) {
      const { stdout } = await run(["config", String(vmid)], options);
      return parseConfig(stdout.toString("utf8"));
    },
    async list(options) {
      const { stdout } = await run(["list"], options);
      return parseList(stdout.toString("utf8"));
    },
  };
}

function refusal({ code, stderr }: ExecResult): PctError {
  const text = stderr.trim();
  return new PctError(pctErrorKind(text), text || `pct ended with exit code ${code ?? "none"}.`, { code, stderr });
}

function parseConfig(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/^([^:\s]+): (.*)$/gm)].map(([, key = "", value = ""]) => [key, value]));
}

/** Columns are `VMID Status Lock Name`; the lock is blank when there is none, a name is always there (pve-container CLI/pct.pm). */
function parseList(text: string): PctGuest[] {
  const rows = text
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([vmid]) => /^\d+$/.test(vmid ?? ""));
  return rows.map(([vmid, status = "", ...rest]) => {
    const [lock, name] = rest.length > 1 ? rest : [undefined, rest[0]];
    return { vmid: Number(vmid), status, name: name ?? "", ...(lock === undefined ? {} : { lock }) };
  });
}
