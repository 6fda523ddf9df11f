// Fifty people's worth of clicks at once, each fifth of them sent again: exactly fifty containers, and nothing of anybody else's touched.
import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { expectInvariants } from "./src/evidence";
import { recover } from "./src/recover";
import { type Clicked, create, offerTemplate, runIs } from "./src/scenario";
import { until } from "@homeport/testing/until";
import { openWorld, type World } from "./src/world";

let world: World;
beforeAll(async () => {
  world = await openWorld();
  // In the middle of the range that the fifty will take.
  for (const vmid of [100, 107, 131]) await world.plantStranger(vmid);
}, 600_000);
afterEach((context) => recover(world, context));
afterAll(() => world.close());

test(
  "fifty parallel creates with client retries make exactly fifty containers, rows and guests",
  { timeout: 900_000 },
  async () => {
    const template = await offerTemplate(world, { packages: [], files: [], scripts: [] });
    const clicks = Array.from({ length: 50 }, (_, n) => ({ hostname: `many-${n}`, requestKey: randomUUID() }));
    // A browser that got no answer in time sends the same click again: at once, or when the first was answered long ago.
    const again = clicks.filter((_, n) => n % 5 === 0);
    const answers = await Promise.all([...clicks, ...again].map((click) => insist(template, click)));
    const later = await Promise.all(again.map((click) => insist(template, click)));
    expect(new Set([...answers, ...later].map(({ runId }) => runId)).size).toBe(50);
    expect(new Set([...answers, ...later].map(({ containerId }) => containerId)).size).toBe(50);

    const runs = await Promise.all(answers.slice(0, 50).map(({ runId }) => runIs(world, runId, "done", 800_000)));
    const rows = await world.db.container.findMany({
      where: { lifecycle: { not: "deleted" } },
      select: { vmid: true },
    });
    const vmids = rows.map(({ vmid }) => vmid).sort((a, b) => (a ?? 0) - (b ?? 0));
    expect(vmids).toEqual(runs.map(({ container }) => container.vmid).sort((a, b) => (a ?? 0) - (b ?? 0)));
    expect(new Set(vmids).size).toBe(50);
    // One after the other from the first free one, around the strangers.
    expect(vmids).toEqual(
      Array.from({ length: 53 }, (_, n) => 100 + n).filter((vmid) => ![100, 107, 131].includes(vmid)),
    );
    const posted = (await world.lab.faults.journal()).filter(
      ({ method, path }) => method === "POST" && path.endsWith("/lxc"),
    );
    expect(posted.map(({ vmid }) => vmid).sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual(vmids);
    expect(await world.db.slotRequest.count()).toBe(0);
    await expectInvariants(world);
  },
);

/** As a browser does while the database is too busy to answer: the same click once more. */
function insist(template: string, click: { hostname: string; requestKey: string }): Promise<Clicked> {
  return until(`${click.hostname} is taken`, () => create(world, template, click), 300_000);
}
