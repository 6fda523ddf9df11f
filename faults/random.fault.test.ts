// Minutes of people who click and parts that break, by a seed that replays it; then everything heals, ends, and is judged.
import { randomInt } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { containerOf } from "@homeport/domain/run/run-subject";
import { expectInvariants } from "./src/evidence";
import { healAndFinish, play, STRANGERS } from "./src/play";
import { describeRun } from "@homeport/testing/runs";
import { schedule } from "./src/schedule";
import { openWorld, type World } from "./src/world";

const seed = Number(process.env.HOMEPORT_FAULT_SEED ?? randomInt(1_000_000));
const minutes = Number(process.env.HOMEPORT_FAULT_MINUTES ?? 5);
const HEAL_MS = 240_000;

let world: World;
beforeAll(async () => {
  console.log(`HOMEPORT_FAULT_SEED=${seed} HOMEPORT_FAULT_MINUTES=${minutes} npm run faults -- random`);
  world = await openWorld({ ownPostgres: true, ownTemporal: true });
  // Stopped ones: the node loses power now and then, and that is not us.
  for (const vmid of STRANGERS) await world.plantStranger(vmid);
}, 600_000);
afterAll(() => world.close());

test(
  "a random schedule of clicks and faults: everything comes to its end, and I1 to I8 hold",
  { timeout: minutes * 60_000 + HEAL_MS + 180_000 },
  async () => {
    const { log } = await play(world, schedule(seed, minutes));
    try {
      await healAndFinish(world, HEAL_MS);
      await expectInvariants(world, { powerLost: true });
    } catch (error) {
      const runs = await world.db.run.findMany({
        include: { steps: { orderBy: { position: "asc" } }, container: true },
      });
      const open = runs
        .filter(({ endedAt }) => endedAt === null)
        .map((run) => describeRun({ ...run, container: containerOf(run) }));
      console.error([`HOMEPORT_FAULT_SEED=${seed} HOMEPORT_FAULT_MINUTES=${minutes}`, ...log, ...open].join("\n"));
      throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
    // A schedule in which nothing was ever acknowledged shows nothing.
    const done = await world.db.run.count({ where: { state: { in: ["done", "done_with_warnings"] } } });
    console.log(`seed ${seed}: ${log.length} acts, ${await world.db.run.count()} runs, ${done} of them done`);
    expect(done).toBeGreaterThan(minutes);
  },
);
