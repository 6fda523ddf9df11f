// What the runner answers, parsed where it enters.
import { z } from "zod";
import { GuestAnswerError } from "./guest-answer-error";

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
  return stdout
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "");
}

/** `interrupted`: it was started, does not run and left no exit code (reboot, kill, stop). Throws GuestAnswerError. */
export function parseFollow(stdout: Buffer): FollowAnswer {
  const end = stdout.indexOf(0x0a);
  const status = answer(UnitStatus, "the state of a script", stdout.subarray(0, Math.max(end, 0)));
  return { ...status, bytes: stdout.subarray(end + 1) };
}

const Ready = z.object({
  system: z.enum(["running", "degraded", "starting", "none"]),
  address: z.array(z.string()),
});

/** `system` is systemd's state (`none`: no systemd); `address` are global addresses, IPv4 first, empty when none yet. */
export type ReadyAnswer = z.infer<typeof Ready>;

export function parseReady(stdout: Buffer | string): ReadyAnswer {
  return answer(Ready, "whether it is ready", stdout);
}

/** What becomes a link and a row: whoever is root in the container decides what is said here. */
const Service = z.object({
  name: z.string().min(1).max(100),
  kind: z.string().regex(/^[a-z][a-z0-9+.-]{0,39}$/),
  port: z.number().int().min(1).max(65_535).optional(),
  path: z.string().max(1_000).optional(),
  credentials: z.record(z.string().max(200), z.string().max(10_000)).optional(),
});
const MOST_SERVICES = 200;

const Discovery = z.object({
  /** One that cannot be read is left out: the others are there all the same. */
  services: z
    .array(z.unknown())
    .transform((found) => found.flatMap((one) => Service.safeParse(one).data ?? []).slice(0, MOST_SERVICES)),
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
  return answer(Discovery, "what runs in it", stdout);
}

function answer<T>(schema: z.ZodType<T>, what: string, json: Buffer | string): T {
  try {
    return schema.parse(JSON.parse(json.toString()));
  } catch (cause) {
    throw new GuestAnswerError(`something else than ${what}`, { cause });
  }
}
