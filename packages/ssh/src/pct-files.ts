// Files into and out of a container. `pct push` and `pct pull` exit with 0 even when they fail, so both are proven by a checksum.
import { createHash, randomUUID } from "node:crypto";
import type { ExecOptions, ExecResult } from "./exec";
import { complaintOf, PctError, pctErrorKind } from "./pct-error";
import type { Ssh } from "./ssh";

export interface PushFile {
  content: string | Buffer;
  /** Absolute; its directory must exist. */
  path: string;
  /** Names or ids inside the container; root by default. */
  user?: string | undefined;
  group?: string | undefined;
  /** Octal, e.g. `0600`. */
  perms?: string | undefined;
}

type Options = Pick<ExecOptions, "signal" | "timeoutMs"> | undefined;
interface Tools {
  ssh: Ssh;
  /** Directory on the node for files on their way. */
  stageDir: string;
  /** `pct` itself, refusing exit codes other than 0. */
  run(this: void, args: readonly string[], options?: Options): Promise<ExecResult>;
  execInside(this: void, vmid: number, argv: readonly string[], options?: ExecOptions): Promise<ExecResult>;
}

/** Writes `file` into container `vmid`. */
export async function push(
  tools: Tools,
  { vmid, file }: { vmid: number; file: PushFile },
  options: Options,
): Promise<void> {
  const content = Buffer.from(file.content);
  await staged(tools, { content, options }, async (stage) => {
    const rights = Object.entries({ user: file.user, group: file.group, perms: file.perms });
    const flags = rights.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]));
    refuseComplaints(await tools.run(["push", String(vmid), stage, file.path, ...flags], options));
  });
  const arrived = await checksumInside(tools, { vmid, path: file.path }, options);
  if (arrived !== sha256(content))
    throw new PctError("failed", `${file.path} did not arrive whole in container ${vmid}.`, { code: 0, stderr: "" });
}

/** Reads `path` from container `vmid`. */
export async function pull(
  tools: Tools,
  { vmid, path }: { vmid: number; path: string },
  options: Options,
): Promise<Buffer> {
  const content = await staged(tools, { content: Buffer.alloc(0), options }, async (stage) => {
    refuseComplaints(await tools.run(["pull", String(vmid), path, stage], options));
    const { code, stdout, stderr, truncated } = await tools.ssh.exec(["cat", stage], options);
    if (code !== 0 || truncated)
      throw new PctError("failed", truncated ? `${path} is too large to pull.` : stderr.trim(), { code, stderr });
    return stdout;
  });
  if ((await checksumInside(tools, { vmid, path }, options)) !== sha256(content)) {
    throw new PctError("failed", `${path} did not leave container ${vmid} whole, or changed meanwhile.`, {
      code: 0,
      stderr: "",
    });
  }
  return content;
}

/** Runs `work` with a file on the node that only root can read and that is gone afterwards, also when the caller gave up. */
async function staged<T>(
  { ssh, stageDir }: Tools,
  { content, options }: { content: Buffer; options: Options },
  work: (path: string) => Promise<T>,
): Promise<T> {
  const path = `${stageDir}/homeport-${randomUUID()}`;
  try {
    const { code, stderr } = await ssh.exec(["sh", "-c", 'umask 077 && cat > "$0"', path], {
      ...options,
      stdin: content,
    });
    if (code !== 0) throw new PctError("failed", `The node cannot hold the file: ${stderr.trim()}`, { code, stderr });
    return await work(path);
  } finally {
    // The failure that brought us here is the one to report; without a connection nobody can remove anything.
    await ssh.exec(["rm", "-f", path], { timeoutMs: 10_000 }).catch(() => undefined);
  }
}

function refuseComplaints({ code, stderr }: ExecResult): void {
  const complaint = complaintOf(stderr);
  if (complaint) throw new PctError(pctErrorKind(complaint), complaint, { code, stderr });
}

async function checksumInside(
  { execInside }: Tools,
  { vmid, path }: { vmid: number; path: string },
  options: Options,
): Promise<string> {
  const { code, stdout, stderr } = await execInside(vmid, ["sha256sum", "--", path], options);
  if (code !== 0) throw new PctError("failed", stderr.trim() || `${path} cannot be read.`, { code, stderr });
  // A name with special characters is escaped, and a backslash put before the sum.
  return stdout.toString("utf8").replace(/^\\/, "").slice(0, 64);
}

function sha256(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
