// What the runner answers, parsed where it enters.
import { z } from "zod";

const UnitStatus = z.object({
  state: z.enum(["running", "exited", "interrupted", "absent"]),
  exit: z.number().int().optional(),
  size: z.number().int().nonnegative(),
  /** A runner of an earlier version does not say these three. */
  dropped: z.number().int().nonnegative().default(0),
  restarted: z.boolean().default(false),
  secrets: z.number().int().nonnegative().default(0),
});

/**
 * One look at a unit. `bytes` begin at the offset asked for; `size` is all that is kept so far, `dropped` how much more it said (at
 * least); `exit` only when exited; `restarted` when it was interrupted by a restart of the container; `secrets` grows with every
 * secret that the container's helpers made: to be fetched (`secretsArgv`) before these bytes are stored anywhere.
 */
export type FollowAnswer = z.infer<typeof UnitStatus> & { bytes: Buffer };

/** The values, one a line; empty lines are none. */
export function parseSecrets(stdout: Buffer): string[] {
  return stdout.toString("utf8").split("\n").filter((line) => line !== "");
}

/** `interrupted`: it was started, does not run and left no exit code (reboot, kill, stop). Throws when malformed. */
export function parseFollow(stdout: Buffer): FollowAnswer {
  const end = stdout.indexOf(0x0a);
  if (end < 0) throw new Error("The runner's answer has no first line.");
  const status = UnitStatus.parse(JSON.parse(stdout.subarray(0, end).toString("utf8")));
  return { ...status, bytes: stdout.subarray(end + 1) };
}

const Ready = z.object({
  system: z.enum(["running", "degraded", "starting", "none"]),
  address: z.array(z.string()),
});

/** `system` is systemd's state (`none`: no systemd); `address` are global addresses, IPv4 first, empty when none yet. */
export type ReadyAnswer = z.infer<typeof Ready>;

export function parseReady(stdout: Buffer | string): ReadyAnswer {
  return Ready.parse(JSON.parse(stdout.toString()));
}

const Discovery = z.object({
  services: z.array(
    z.object({
      name: z.string(),
      kind: z.string(),
      port: z.number().int().optional(),
      path: z.string().optional(),
      credentials: z.record(z.string(), z.string()).optional(),
    }),
  ),
  listening: z.array(
    z.object({
      proto: z.enum(["tcp", "udp"]),
      port: z.number().int(),
      address: z.string(),
      process: z.string().optional(),
    }),
  ),
});

/** Holds credentials in plain text: seal them before they go anywhere. */
export type DiscoveryAnswer = z.infer<typeof Discovery>;

export function parseDiscovery(stdout: Buffer | string): DiscoveryAnswer {
  return Discovery.parse(JSON.parse(stdout.toString()));
}
