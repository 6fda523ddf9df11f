// Runs planned scripts in the guest's time, event by event; the place reached is on disk before the next one begins.

import { UNIT_DIR } from "@homeport/guest";
import { messageOf } from "../http/api-error";
import type { LabClock } from "../clock";
import type { ShownAddresses } from "./addresses";
import type { MemoryGuest, Unit } from "./guest";
import { planScript, type PlanEvent } from "./plan";

export interface UnitWorld {
  clock: LabClock;
  /** Task and script durations are multiplied by it. */
  scale: number;
  shown: ShownAddresses;
  save(guest: MemoryGuest): void;
  /** Begins to answer on the guest's address; a complaint when it cannot. */
  listen(guest: MemoryGuest, listen: { port: number; process: string; web: boolean }): Promise<string | undefined>;
  reboot(guest: MemoryGuest): Promise<void>;
}

/** True when it was not started before. */
export async function startUnit(world: UnitWorld, guest: MemoryGuest, name: string): Promise<boolean> {
  if (guest.units[name] !== undefined) return false;
  const directory = `${UNIT_DIR}/${name}`;
  const unit: Unit = { plan: [], next: 0, state: "running" };
  guest.units[name] = unit;
  guest.fs.write(`${directory}/output`, Buffer.alloc(0), { mode: 0o600 });
  const script = guest.fs.read(`${directory}/script`)?.toString("utf8") ?? "";
  const env = parseEnv(guest.fs.read(`${directory}/env`)?.toString("utf8") ?? "");
  unit.plan = await planScript(script, { fs: guest.fs, env, packages: guest.packages });
  world.save(guest);
  void follow(world, guest, name);
  return true;
}

/** Goes on with every unit that was running when the lab's process ended. */
export function resumeUnits(world: UnitWorld, guest: MemoryGuest): void {
  for (const [name, unit] of Object.entries(guest.units)) if (unit.state === "running") void follow(world, guest, name);
}

/** Everything that runs in the guest is gone: stop, reboot, power loss. */
export function interruptUnits(guest: MemoryGuest): void {
  for (const unit of Object.values(guest.units))
    if (unit.state === "running") Object.assign(unit, { state: "interrupted", restarted: true });
  guest.events.emit("change");
}

export function stopUnit(world: UnitWorld, guest: MemoryGuest, name: string): void {
  const unit = guest.units[name];
  if (unit?.state !== "running") return;
  unit.state = "interrupted";
  world.save(guest);
  guest.events.emit("change");
}

async function follow(world: UnitWorld, guest: MemoryGuest, name: string): Promise<void> {
  const unit = guest.units[name];
  const { signal } = guest.life;
  for (let event = unit?.plan[unit.next]; unit !== undefined && event !== undefined; event = unit.plan[unit.next]) {
    try {
      const wait = event.afterMs * world.scale;
      if (wait > 0) await world.clock.sleep(wait, signal);
    } catch {
      return; // the guest stopped, or the lab's process lets go of it
    }
    if (unit.state !== "running" || signal.aborted) return;
    unit.next += 1;
    await apply(world, guest, { name, unit, event });
    world.save(guest);
    guest.events.emit("change");
  }
}

async function apply(
  world: UnitWorld,
  guest: MemoryGuest,
  at: { name: string; unit: Unit; event: PlanEvent },
): Promise<void> {
  const { name, unit, event } = at;
  const print = (text: string) => append(guest, name, text);
  if (event.output !== undefined) print(event.output);
  if (event.time === true) print(`${world.clock.now()}\n`);
  for (const { path, text, mode } of event.files ?? []) {
    guest.fs.mkdir(path.slice(0, Math.max(1, path.lastIndexOf("/"))), true);
    guest.fs.write(path, Buffer.from(text, "latin1"), { mode });
  }
  for (const path of event.removed ?? []) guest.fs.remove(path);
  if (event.packages !== undefined) guest.packages.push(...event.packages);
  if (event.listen !== undefined) {
    const complaint = await world.listen(guest, event.listen).catch((failure: unknown) => messageOf(failure));
    if (complaint !== undefined) print(`WARN: ${complaint}\n`);
  }
  if (event.reboot === true) {
    Object.assign(unit, { state: "interrupted", restarted: true });
    void world.reboot(guest);
  }
  if (event.exit !== undefined && unit.state === "running") {
    unit.state = "exited";
    unit.exit = event.exit;
    guest.fs.write(`${UNIT_DIR}/${name}/exit`, Buffer.from(`${event.exit}\n`), { mode: 0o600 });
  }
}

function append(guest: MemoryGuest, name: string, text: string): void {
  const path = `${UNIT_DIR}/${name}/output`;
  const before = guest.fs.read(path) ?? Buffer.alloc(0);
  guest.fs.write(path, Buffer.concat([before, Buffer.from(text, "latin1")]));
}

function parseEnv(text: string): Record<string, string> {
  const pairs = text.split("\n").flatMap((line) => {
    const cut = line.indexOf("=");
    return cut > 0 ? [[line.slice(0, cut), line.slice(cut + 1)] as const] : [];
  });
  return Object.fromEntries(pairs);
}
