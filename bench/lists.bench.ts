// Many guests: the list, its viewers, what the node is asked for meanwhile, and the memory of it all.
import { setTimeout as sleep } from "node:timers/promises";
import { median, ratio, timed, type Figure } from "./figures";
import { addGuests } from "./guests";
import type { Kit } from "./kit";
import { cpuOf, inParts, memoryOf, total } from "./processes";
import { openPages, type Pages } from "./pages";

const ROUNDS = 15;
/** Rows and node are compared once in it. */
const WATCHED_MS = 60_000;
const VIEWERS = 10;
/** What a page reads once, also ahead of its use, is not counted as watching. */
const SETTLED_MS = 5_000;
/** Rows and node are compared once a minute. */
const RECONCILED_MS = 65_000;
const PER_MINUTE = 60_000 / WATCHED_MS;
const FEW = 200;
const MANY = 1_000;

/** Of an installation that has worked for some minutes and does nothing now. */
export function benchIdle(kit: Kit): Promise<Figure[]> {
  return Promise.resolve([memory("idle, without the lab", memoryOf(kit.dir), 600)]);
}

export async function benchLists(kit: Kit): Promise<Figure[]> {
  const pages = await openPages(kit);
  const figures: Figure[] = [];
  try {
    await addGuests(kit, FEW, { tagged: true });
    figures.push(...(await watch(kit, pages, FEW)));
    await addGuests(kit, FEW, { tagged: false });
    const untagged = await requestsWhile(kit, () => sleep(RECONCILED_MS));
    figures.push({
      name: `node requests/min, with ${FEW} untagged guests more`,
      value: untagged,
      unit: "",
      goal: 6,
      how: "guests of ours whose tag somebody took off",
    });
    await addGuests(kit, MANY - 2 * FEW, { tagged: true });
    figures.push(...(await watch(kit, pages, MANY)), await list(kit));
    figures.push(await pages.largestPaint(kit.home, `LCP home, ${MANY.toLocaleString("en")} guests, cold cache`));
    for (let viewer = 0; viewer < VIEWERS; viewer++) await pages.view(kit.home);
    await sleep(SETTLED_MS * 2);
    figures.push(memory(`with ${MANY.toLocaleString("en")} guests and ${VIEWERS} viewers`, memoryOf(kit.dir), 850));
  } finally {
    await pages.close();
  }
  return figures;
}

async function watch(kit: Kit, pages: Pages, guests: number): Promise<Figure[]> {
  const page = await pages.view(kit.home);
  await sleep(SETTLED_MS);
  const [bytes, before] = [pages.received(), cpuOf(kit.dir)];
  const perMinute = await requestsWhile(kit, () => sleep(WATCHED_MS));
  const kib = ((pages.received() - bytes) / 1024) * PER_MINUTE;
  const cpu = Object.fromEntries(
    Object.entries(cpuOf(kit.dir)).map(([name, seconds]) => [name, (seconds - (before[name] ?? 0)) * PER_MINUTE]),
  );
  await page.close();
  const many = guests === MANY;
  return [
    {
      name: `KiB/min per viewer, ${guests} guests`,
      value: kib,
      unit: "KiB",
      goal: many ? 60 : 40,
      how: "all that a visible page in Chromium receives, as it travels",
    },
    ...(many
      ? [
          {
            name: `CPU per viewer-minute, ${guests} guests`,
            value: total(cpu),
            unit: "s" as const,
            goal: 1,
            how: `all processes, watching the node and what they use idle included: ${inParts(cpu, 2)}`,
          },
        ]
      : [
          {
            name: `node requests/min, ${guests} guests, one viewer`,
            value: perMinute,
            unit: "" as const,
            goal: 6,
            how: "all that the lab saw",
          },
        ]),
  ];
}

/** The node's requests a minute while `work` runs. */
async function requestsWhile(kit: Kit, work: () => Promise<unknown>): Promise<number> {
  const begun = Date.now();
  await work();
  const tookMs = Date.now() - begun;
  return ((await kit.lab.faults.requests()).filter(({ time }) => time >= begun).length * 60_000) / tookMs;
}

async function list(kit: Kit): Promise<Figure> {
  const ours: number[] = [];
  const nodes: number[] = [];
  // In turn, so that both sides meet the same machine.
  for (let round = 0; round < ROUNDS; round++) {
    nodes.push(await timed(() => kit.proxmox.resources("vm")));
    ours.push(await timed(() => kit.product.containers.list.query({ projectId: kit.projectId })));
  }
  return ratio(
    {
      name: `list API, ${MANY.toLocaleString("en")} guests, over the node's own answer`,
      goal: 1.2,
      how: "containers.list over /cluster/resources",
    },
    { ours: median(ours), against: median(nodes) },
  );
}

function memory(what: string, parts: Record<string, number>, goal: number): Figure {
  return {
    name: `memory ${what}`,
    value: total(parts),
    unit: "MiB",
    goal,
    how: `proportional set size: ${inParts(parts, 0)}`,
  };
}
