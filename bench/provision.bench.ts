// One container: from the click to ready, over the floor and over a person's hand, and what it costs meanwhile.
import { setTimeout as sleep } from "node:timers/promises";
import { noCosts, realCosts } from "@homeport/lab";
import { inputOf } from "../scripts/test/product";
import { median, ratio, type Figure } from "./figures";
import { byHand, floorProvision } from "./floor";
import type { Kit } from "./kit";
import { countFlushes, cpuOf, inParts, total } from "./processes";
import { untilDone } from "./run-stream";
import { SCRIPT_SECONDS, SCRIPTS } from "./templates";

const ROUNDS = 3;
const REAL_ROUNDS = 2;
const IDLE_MS = 10_000;

interface Provision {
  wallMs: number;
  /** Click to the create's POST. */
  firstPostMs: number;
  rest: number;
  pct: number;
}

let made = 0;

/** With the review's plan first, as the wizard does; the clock starts at the click after it. */
export async function provision(kit: Kit, template: string): Promise<Provision> {
  const { product, lab } = kit;
  const hostname = `bench-${++made}`;
  const input = await inputOf(product, { template, hostname });
  const from = Date.now();
  const { hash } = await product.containers.plan.mutate({ ...input, vmid: null });
  const clicked = Date.now();
  const { runId } = await product.containers.create.mutate({
    ...input,
    requestKey: crypto.randomUUID(),
    planHash: hash,
  });
  const wallMs = (await untilDone(kit, runId)) - clicked;
  const [journal, requests] = await Promise.all([lab.faults.journal(), lab.faults.requests()]);
  const post = journal.find(
    ({ params, path, time }) => time >= clicked && path.endsWith("/lxc") && params["hostname"] === hostname,
  );
  if (!post) throw new Error("the journal has no create");
  return {
    wallMs,
    firstPostMs: post.time - clicked,
    rest: requests.filter(({ time, path }) => time >= from && time <= clicked + wallMs && !isWatchers(path)).length,
    pct: journal.filter(({ time, method, vmid }) => time >= from && method === "SSH" && vmid === post.vmid).length,
  };
}

/** What the node watcher asks for every few seconds, whatever runs. */
const isWatchers = (path: string): boolean => path === "/cluster/resources" || path === "/nodes/pve/status";

export async function benchProvision(kit: Kit): Promise<Figure[]> {
  await provision(kit, "bench-trivial"); // the first of all reads code and plans queries
  const script = `# lab: sleep ${SCRIPT_SECONDS}s\necho done\n`;
  const sides = {
    trivial: [] as Provision[],
    three: [] as Provision[],
    floor: [] as number[],
    floorThree: [] as number[],
  };
  // In turn, so that both sides meet the same machine.
  for (let round = 0; round < ROUNDS; round++) {
    sides.trivial.push(await provision(kit, "bench-trivial"));
    sides.floor.push((await floorProvision(kit, ["echo hello\n"])).wallMs);
    sides.three.push(await provision(kit, "bench-three"));
    sides.floorThree.push(
      (
        await floorProvision(
          kit,
          Array.from({ length: SCRIPTS }, () => script),
        )
      ).wallMs,
    );
  }
  const wall = (all: readonly Provision[]) => median(all.map(({ wallMs }) => wallMs));
  const all = [...sides.trivial, ...sides.three];
  return [
    ratio(
      { name: "click → ready over the floor, trivial", goal: 1.15, how: "the same calls one after the other" },
      { ours: wall(sides.trivial), against: median(sides.floor) },
    ),
    ratio(
      { name: "click → ready over the floor, three scripts", goal: 1.05, how: "the same" },
      { ours: wall(sides.three), against: median(sides.floorThree) },
    ),
    {
      name: "click → first POST, p50",
      value: median(all.map(({ firstPostMs }) => firstPostMs)),
      unit: "ms",
      goal: 150,
      how: "the create's time in the lab's journal",
    },
    {
      name: "REST calls per provision (planned)",
      value: median(sides.trivial.map(({ rest }) => rest)),
      unit: "",
      goal: 25,
      how: "all that the lab saw from the review's plan to ready, without the node watcher's",
    },
  ];
}

/** CPU and flushes of one provision, all processes but the lab's. */
export async function benchCost(kit: Kit): Promise<Figure[]> {
  const atRest = cpuOf(kit.dir);
  await sleep(IDLE_MS);
  const [before, begun] = [cpuOf(kit.dir), Date.now()];
  for (let round = 0; round < ROUNDS; round++) await provision(kit, "bench-trivial");
  const [after, tookMs] = [cpuOf(kit.dir), Date.now() - begun];
  const cost = Object.fromEntries(
    Object.entries(after).map(([name, seconds]) => {
      const idle = ((before[name] ?? 0) - (atRest[name] ?? 0)) * (tookMs / IDLE_MS);
      return [name, (seconds - (before[name] ?? 0) - idle) / ROUNDS];
    }),
  );
  const flushes = await countFlushes(kit.dir, () => provision(kit, "bench-trivial"));
  return [
    {
      name: "CPU per provision, all processes",
      value: total(cost),
      unit: "s",
      goal: 0.4,
      how: `trivial, planned, less what they use idle: ${inParts(cost, 2)}`,
    },
    {
      name: "flushes to disk per provision",
      value: flushes,
      unit: "",
      goal: 70,
      how:
        flushes === undefined ? "strace is not installed" : "fsync and fdatasync of PostgreSQL and Temporal, by strace",
    },
  ];
}

/** `pct` starts and latency, as a real node has them. */
export async function benchRealNode(kit: Kit): Promise<Figure[]> {
  const costs = (what: Parameters<typeof kit.lab.faults.costs>[0]) => kit.lab.faults.costs(what);
  const figures: Figure[] = [];
  for (const template of ["nginx", "nodejs", "postgresql"])
    figures.push({
      name: `pct calls over SSH per provision, ${template}`,
      value: (await provision(kit, template)).pct,
      unit: "",
      goal: 3,
      how: "the lab's journal",
    });
  const near: number[] = [];
  const far: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    near.push((await provision(kit, "bench-trivial")).wallMs);
    await costs({ restMs: 10, jitter: 0 });
    far.push((await provision(kit, "bench-trivial")).wallMs);
    await costs(noCosts);
  }
  figures.push({
    name: "cost of +10 ms of node latency",
    value: median(far) - median(near),
    unit: "ms",
    goal: 200,
    how: "trivial, with and without, in turn",
  });
  await costs(realCosts);
  const ours: number[] = [];
  const hand: number[] = [];
  for (let round = 0; round < REAL_ROUNDS; round++) {
    ours.push((await provision(kit, "bench-three")).wallMs);
    hand.push(await byHand(kit, SCRIPTS * SCRIPT_SECONDS));
  }
  await costs(noCosts);
  figures.push(
    ratio(
      {
        name: "click → ready over “by hand”, with a real node's costs",
        goal: 1.15,
        how: "create, start, wait, one exec with all of it; pct 0.6 s, REST 5 ms, ±20 %",
      },
      { ours: median(ours), against: median(hand) },
    ),
  );
  return figures;
}
