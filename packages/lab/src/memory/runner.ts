// The guest protocol as the real runner answers it, for memory guests.

import { createHash } from "node:crypto";
import { RunnerExit, UNIT_DIR } from "@homeport/guest";
import { ownerIds } from "../shell/owners";
import type { Io } from "../shell/run";
import { globalAddresses } from "./addresses";
import type { MemoryGuest } from "./guest";
import { HIDDEN } from "./plan";
import { startUnit, stopUnit, type UnitWorld } from "./units";

const sha256 = (content: Buffer) => createHash("sha256").update(content).digest("hex");
const stateDir = "/var/lib/homeport";

export async function runRunner(
  world: UnitWorld,
  guest: MemoryGuest,
  call: { args: readonly string[]; io: Io; signal: AbortSignal },
): Promise<number> {
  const { io } = call;
  const [verb = "", ...args] = call.args;
  const print = (text: string) => io.stdout(Buffer.from(text));
  const die = (code: number, text: string): number => {
    io.stderr(Buffer.from(`${text}\n`));
    return code;
  };
  const name = args[0] ?? "";
  if (["start", "follow", "stop", "warnings"].includes(verb) && !/^[A-Za-z0-9_@][A-Za-z0-9_.@-]*$/.test(name)) {
    return die(RunnerExit.usage, `Not a unit name: ${name}`);
  }
  switch (verb) {
    case "put":
      return put(guest, { args, content: await io.stdin(), print, die, save: () => world.save(guest) });
    case "start": {
      const directory = `${UNIT_DIR}/${name}`;
      if (guest.fs.read(`${directory}/script`) === undefined || guest.fs.read(`${directory}/env`) === undefined) {
        return die(RunnerExit.missingInput, `The unit ${name} has no script or no env.`);
      }
      print((await startUnit(world, guest, name)) ? "started\n" : "already\n");
      return 0;
    }
    case "stop":
      stopUnit(world, guest, name);
      print("stopped\n");
      return 0;
    case "secrets":
      io.stdout(guest.fs.read(HIDDEN) ?? Buffer.alloc(0));
      return 0;
    case "warnings":
      print(
        `${(guest.fs.read(`${UNIT_DIR}/${name}/output`)?.toString("latin1") ?? "").match(/^WARN: /gm)?.length ?? 0}\n`,
      );
      return 0;
    case "follow":
      return follow(guest, { args, io, signal: call.signal });
    case "ready":
      return ready(world, guest, { waitMs: Number(args[0]) * 1000, print, signal: call.signal });
    case "discover":
      print(`${JSON.stringify(discovery(guest))}\n`);
      return 0;
    default:
      return die(RunnerExit.usage, "usage: runner ready|put|start|follow|stop|discover …");
  }
}

interface Put {
  args: readonly string[];
  content: Buffer;
  print: (text: string) => void;
  die: (code: number, text: string) => number;
  save: () => void;
}

function put(guest: MemoryGuest, { args, content, print, die, save }: Put): number {
  const [target = "", sha = "", mode = "", owner = "", policy = ""] = args;
  if (args.length !== 5)
    return die(RunnerExit.usage, "usage: put <target> <sha256> <mode> <owner:group> <REPLACE|DEFAULT|BACKUP>");
  if (!target.startsWith("/")) return die(RunnerExit.usage, `The target must be an absolute path: ${target}`);
  if (!["REPLACE", "DEFAULT", "BACKUP"].includes(policy)) return die(RunnerExit.usage, `Unknown policy: ${policy}`);
  if (guest.fs.isDirectory(target)) return die(RunnerExit.cannotCreate, `A directory is in the way: ${target}`);
  if (sha256(content) !== sha)
    return die(RunnerExit.damaged, `The content of ${target} arrived damaged: its checksum differs.`);
  const parent = target.slice(0, Math.max(1, target.lastIndexOf("/")));
  if (!guest.fs.mkdir(parent, true, parent.startsWith(stateDir) ? 0o700 : 0o755)) {
    return die(RunnerExit.cannotCreate, `Could not make the directory of ${target}`);
  }
  const before = guest.fs.read(target);
  const [uid, gid] = ownerIds(owner);
  const attributes = { mode: Number.parseInt(mode, 8), uid, gid };
  let answer = "written";
  if (before !== undefined && sha256(before) === sha) answer = "same";
  else if (before !== undefined && policy === "DEFAULT") return (print("kept\n"), 0);
  else if (before !== undefined && policy === "BACKUP") {
    const backup = `${target}.homeport-${sha256(before).slice(0, 12)}`;
    guest.fs.write(backup, before, guest.fs.attributes(target) ?? {});
    answer = `backed-up ${backup}`;
  }
  guest.fs.write(target, content, attributes);
  save();
  print(`${answer}\n`);
  return 0;
}

async function follow(
  guest: MemoryGuest,
  call: { args: readonly string[]; io: Io; signal: AbortSignal },
): Promise<number> {
  const [name = "", offset = "0", maxBytes = "0", waitSeconds = "0"] = call.args;
  const from = Number(offset);
  const outputOf = () => guest.fs.read(`${UNIT_DIR}/${name}/output`) ?? Buffer.alloc(0);
  await changed(guest, { waitMs: Number(waitSeconds) * 1000, signal: call.signal }, () => {
    return guest.units[name]?.state !== "running" || outputOf().length > from;
  });
  const unit = guest.units[name];
  const output = outputOf();
  const status =
    unit === undefined
      ? { state: "absent" }
      : { state: unit.state, ...(unit.state === "exited" ? { exit: unit.exit } : {}) };
  const more = { dropped: 0, restarted: unit?.restarted ?? false, secrets: guest.fs.read(HIDDEN)?.length ?? 0 };
  call.io.stdout(Buffer.from(`${JSON.stringify({ ...status, size: output.length, ...more })}\n`));
  call.io.stdout(output.subarray(from, from + Number(maxBytes)));
  return 0;
}

/** Resolves when `done` holds, the time is over, or the caller went away. */
function changed(
  guest: MemoryGuest,
  { waitMs, signal }: { waitMs: number; signal: AbortSignal },
  done: () => boolean,
): Promise<void> {
  if (done() || waitMs <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      guest.events.off("change", check);
      signal.removeEventListener("abort", finish);
      resolve();
    };
    const check = () => {
      if (done()) finish();
    };
    const timer = setTimeout(finish, waitMs);
    guest.events.on("change", check);
    signal.addEventListener("abort", finish);
  });
}

async function ready(
  world: UnitWorld,
  guest: MemoryGuest,
  call: { waitMs: number; print(text: string): void; signal: AbortSignal },
): Promise<number> {
  const stepMs = 50;
  for (let waited = 0; ; waited += stepMs) {
    const address = globalAddresses(guest, { ...world, nowMs: world.clock.now() });
    const system = booted(world, guest) ? "running" : "starting";
    const finished = address.length > 0 && system === "running";
    if (finished || waited >= call.waitMs || call.signal.aborted || guest.startedAt === null) {
      call.print(`${JSON.stringify({ system, address })}\n`);
      return 0;
    }
    await world.clock.sleep(stepMs);
  }
}

/** systemd of an idle Debian guest is up in well under a second. */
export function booted(world: UnitWorld, guest: MemoryGuest): boolean {
  return guest.startedAt !== null && world.clock.now() - guest.startedAt >= 300 * world.scale;
}

export function discovery(guest: MemoryGuest): { services: unknown[]; listening: unknown[] } {
  const directory = `${stateDir}/services`;
  const services = guest.fs
    .list(directory)
    .filter((name) => name.endsWith(".json"))
    .map(
      (name) =>
        JSON.parse(guest.fs.read(`${directory}/${name}`)?.toString("utf8") ?? "{}") as { name?: string; port?: number },
    ); // our own file
  const listening = services.flatMap(({ name, port }) =>
    port === undefined ? [] : [{ proto: "tcp", port, address: "0.0.0.0", process: name ?? "service" }],
  );
  return { services, listening };
}
