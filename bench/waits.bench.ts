// Where a run waits for Homeport: many creations in turn, the end of a task that is noticed late, a line that comes late.
import { median, mean, ratio, type Figure } from "./figures";
import { floorProvision } from "./floor";
import type { Kit } from "./kit";
import { runStream, untilDone } from "./run-stream";
import { inputOf } from "../scripts/test/product";

const BATCH = 10;
/** The node's limit of creations at once, as the demo's node has it. */
const AT_ONCE = 2;
/** The lab's own durations of a start and of a create. */
const START_MS = 600;
const CREATE_MS = 1_200;
const DELAYS_MS = [4_400, 9_100, 17_300];

export async function benchBatch(kit: Kit): Promise<Figure[]> {
  const { product, lab } = kit;
  const alone = await floorProvision(kit, ["echo hello\n"]);
  const { hostname: _, ...input } = await inputOf(product, { template: "bench-trivial", hostname: "x" });
  const clicked = Date.now();
  const { batchId } = await product.batches.create.mutate({
    ...input,
    requestKey: crypto.randomUUID(),
    hostnames: `batch-{01..${BATCH}}`,
  });
  const { items } = await product.batches.get.query({ id: batchId });
  const ends = await Promise.all(items.flatMap(({ runId }) => (runId === null ? [] : [untilDone(kit, runId)])));
  const wallMs = Math.max(...ends) - clicked;
  const bound = Math.ceil(BATCH / AT_ONCE) * alone.createMs + (alone.wallMs - alone.createMs);
  const posts = (await lab.faults.journal())
    .filter(
      ({ time, path, params }) => time >= clicked && path.endsWith("/lxc") && params["hostname"]?.startsWith("batch-"),
    )
    .map(({ time }) => time)
    .sort((one, other) => one - other);
  return [
    ratio(
      {
        name: `batch of ${BATCH} over its bound, all ready`,
        goal: 1.15,
        how: `the creates ${AT_ONCE} at once, then the rest of one`,
      },
      { ours: wallMs, against: bound },
    ),
    {
      name: "a create slot stands idle between two creates",
      value: mean(idles(posts)) / 1_000,
      unit: "s",
      goal: 0.1,
      how: `mean of ${posts.length - AT_ONCE}, from the lab's journal: each create takes ${CREATE_MS} ms`,
    },
    {
      name: "click → first POST within a batch",
      value: (posts[0] ?? clicked) - clicked,
      unit: "ms",
      goal: 150,
      how: "the first create's time in the lab's journal",
    },
  ];
}

/** How long the slot that was free first waited, for each create that had to wait for one. */
function idles(posts: readonly number[]): number[] {
  const freeAt: number[] = [];
  return posts.flatMap((post) => {
    const free = freeAt.length < AT_ONCE ? undefined : freeAt.shift();
    freeAt.push(post + CREATE_MS);
    freeAt.sort((one, other) => one - other);
    return free === undefined ? [] : [Math.max(0, post - free)];
  });
}

export async function benchLag(kit: Kit): Promise<Figure[]> {
  const { product, lab } = kit;
  const lags: number[] = [];
  let polls = 0;
  for (const delayMs of DELAYS_MS) {
    await lab.faults.delayTask({ type: "vzstart", delayMs });
    const { runId } = await product.containers.create.mutate({
      ...(await inputOf(product, { template: "bench-trivial", hostname: `lag-${delayMs}` })),
      requestKey: crypto.randomUUID(),
    });
    await untilDone(kit, runId);
    const { steps } = await product.runs.get.query({ id: runId });
    const start = steps.find(({ name }) => name === "start");
    const from = start?.startedAt?.getTime() ?? 0;
    const post = (await lab.faults.journal()).find(({ time, path }) => time >= from && path.endsWith("/status/start"));
    if (!post || !start?.endedAt) throw new Error("the run has no start");
    lags.push(start.endedAt.getTime() - (post.time + START_MS + delayMs));
    const end = start.endedAt.getTime();
    polls += (await lab.faults.requests()).filter(
      ({ time, path }) => time >= post.time && time <= end && /\/tasks\/[^/]+\/status$/.test(path),
    ).length;
  }
  return [
    {
      name: "detection lag of a finished task of 5–30 s, mean",
      value: mean(lags) / 1_000,
      unit: "s",
      goal: 0.4,
      how: `tasks of ${DELAYS_MS.map((ms) => ((ms + START_MS) / 1_000).toFixed(1)).join(", ")} s to the step's end, with ${polls} polls in all`,
    },
  ];
}

export async function benchLog(kit: Kit): Promise<Figure[]> {
  const { product } = kit;
  const { runId } = await product.containers.create.mutate({
    ...(await inputOf(product, { template: "bench-log", hostname: "bench-log" })),
    requestKey: crypto.randomUUID(),
  });
  const over = new AbortController();
  const lags: number[] = [];
  for await (const { at, event } of runStream(kit, runId, over.signal)) {
    if (event.type === "run") {
      if (["done", "done_with_warnings"].includes(event.run.state)) break;
      continue;
    }
    for (const { text } of event.lines) lags.push(...(text.match(/^\d{13}$/gm) ?? []).map((time) => at - Number(time)));
  }
  over.abort();
  return [
    {
      name: "log lag, median",
      value: median(lags),
      unit: "ms",
      goal: 15,
      how: `${lags.length} lines, 100 ms apart, to the reader of the stream`,
    },
  ];
}
