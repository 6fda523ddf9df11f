// A random schedule of clicks and faults, the same for the same seed: what is to happen, and when; not what comes of it.

const Wires = ["api", "ssh", "postgres", "temporal", "dashboardPostgres", "dashboardTemporal"] as const;
type Wire = (typeof Wires)[number];
type Who = "ada" | "bob";

export type Act =
  /** `double`: the same click is sent twice at once. */
  | {
      act: "create";
      template: "quick" | "slow" | "failing" | "reboots";
      double: boolean;
      typedVmid: "none" | "free" | "stranger";
    }
  | {
      act: "operate";
      by: Who;
      action: "start" | "stop" | "shutdown" | "reboot" | "destroy";
      pick: number;
      double: boolean;
    }
  | { act: "decide"; by: Who; decision: "retry" | "undo"; pick: number }
  | { act: "cancel"; by: Who; pick: number }
  | { act: "steer"; by: Who; pick: number; forMs: number }
  | { act: "wire"; wire: Wire; how: "cut" | "refuse" | "blackHole" | "deafen" | "slow" | "resetAfter"; forMs: number }
  | { act: "worker"; how: "kill" | "terminate" | "freeze" | "second"; forMs: number }
  | { act: "server"; which: "postgres" | "temporal"; forMs: number }
  | { act: "lab"; how: LabFault; forMs: number };

const LabFaults = [
  "cutSsh",
  "refuseSsh",
  "unreachable",
  "loseReply",
  "dropRequest",
  "delayReply",
  "hung",
  "html",
  "killTasks",
  "dieCreate",
  "failStart",
  "failDestroy",
  "reboot",
  "quorum",
  "full",
  "revoke",
  "certificate",
] as const;
export type LabFault = (typeof LabFaults)[number];

export interface Planned {
  atMs: number;
  what: Act;
}

/** Everything of `minutes`, in order of time. */
export function schedule(seed: number, minutes: number): Planned[] {
  const random = generator(seed);
  const one = <T>(of: readonly T[]): T => {
    const chosen = of[Math.floor(random() * of.length)];
    if (chosen === undefined) throw new Error("nothing to choose from");
    return chosen;
  };
  const chance = (share: number): boolean => random() < share;
  const pick = (): number => Math.floor(random() * 1_000);
  const who = (): Who => one(["ada", "bob"]);
  const forMs = (most: number): number => 300 + Math.floor(random() * most);

  const click = (): Act => {
    const kind = random();
    if (kind < 0.42)
      return {
        act: "create",
        template: one(["quick", "quick", "slow", "slow", "failing", "reboots"]),
        double: chance(0.3),
        typedVmid: one(["none", "none", "none", "free", "stranger"]),
      };
    if (kind < 0.66)
      return {
        act: "operate",
        by: who(),
        action: one(["start", "stop", "shutdown", "reboot", "destroy", "destroy"]),
        pick: pick(),
        double: chance(0.3),
      };
    if (kind < 0.82) return { act: "decide", by: who(), decision: one(["retry", "undo"]), pick: pick() };
    if (kind < 0.93) return { act: "cancel", by: who(), pick: pick() };
    return { act: "steer", by: who(), pick: pick(), forMs: forMs(8_000) };
  };
  const nemesis = (): Act => {
    const kind = random();
    if (kind < 0.4)
      return {
        act: "wire",
        wire: one(Wires),
        how: one(["cut", "cut", "refuse", "blackHole", "deafen", "slow", "resetAfter"]),
        forMs: forMs(6_000),
      };
    if (kind < 0.55)
      return { act: "worker", how: one(["kill", "kill", "terminate", "freeze", "second"]), forMs: forMs(3_000) };
    if (kind < 0.63) return { act: "server", which: one(["postgres", "temporal"]), forMs: forMs(3_000) };
    return { act: "lab", how: one(LabFaults), forMs: forMs(5_000) };
  };

  const planned: Planned[] = [];
  const endMs = minutes * 60_000;
  // Some containers first: most clicks need one.
  for (const atMs of [0, 200, 400, 600])
    planned.push({ atMs, what: { act: "create", template: "quick", double: false, typedVmid: "none" } });
  for (let atMs = 1_500; atMs < endMs; atMs += 800 + random() * 3_200)
    planned.push({ atMs: Math.round(atMs), what: click() });
  for (let atMs = 4_000; atMs < endMs; atMs += 1_500 + random() * 6_500)
    planned.push({ atMs: Math.round(atMs), what: nemesis() });
  return planned.sort((a, b) => a.atMs - b.atMs);
}

/** mulberry32: small, and the same everywhere. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
