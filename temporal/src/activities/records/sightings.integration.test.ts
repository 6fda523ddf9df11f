// What a poll keeps of a node: its own guests whole, of the others what tells whose a VMID is, and of very many only the first.
import type { Db } from "@homeport/db/client";
import { ownershipTag } from "@homeport/domain/container/ownership-tag";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openFixture, type Fixture } from "../../testing/fixture";
import type { SeenResource } from "../ports";
import { createSightings, MOST_GUESTS } from "./sightings";

let fixture: Fixture;
beforeAll(async () => {
  fixture = await openFixture();
});
afterAll(() => fixture.close());

const guest = (vmid: number, tags?: string): SeenResource => ({
  type: "lxc",
  node: "pve",
  vmid,
  name: `g-${vmid}`,
  status: "running",
  tags,
  cpu: 0.5,
  maxcpu: 2,
  mem: 1_000,
  maxmem: 2_000,
  uptime: 60,
});
const rows = () =>
  fixture.db.guestObservation.findMany({ where: { nodeId: fixture.nodeId }, orderBy: { vmid: "asc" } });

test("of a foreign guest only what tells whose its VMID is, is kept; of our own everything", async () => {
  const { containerId, nodeId } = await fixture.provision({ vmid: 150 });
  await createSightings(fixture.db).keep(nodeId, {
    pveName: "pve",
    resources: [guest(150, ownershipTag(containerId)), guest(151, "prod")],
  });
  expect(await rows()).toMatchObject([
    { vmid: 150, mem: 1_000n, uptimeS: 60, tags: ownershipTag(containerId) },
    { vmid: 151, name: "g-151", kind: "lxc", mem: 0n, uptimeS: 0, tags: "prod" },
  ]);
});

test("sixty thousand guests: ours is kept, the others up to a limit, in few statements, and both numbers are reported", async () => {
  const { containerId, nodeId } = await fixture.provision({ vmid: 59_000 });
  let statements = 0;
  const counted = fixture.db.$extends({
    query: {
      $allModels: {
        $allOperations: ({ args, query }) => {
          statements += 1;
          return query(args);
        },
      },
    },
  });
  const resources = Array.from({ length: 60_000 }, (_, index) =>
    guest(100 + index, 100 + index === 59_000 ? ownershipTag(containerId) : undefined),
  );
  await createSightings(counted as unknown as Db).keep(nodeId, { pveName: "pve", resources }); // the same client, with a counter
  expect(statements).toBeLessThan(20);
  const kept = await rows();
  expect(kept).toHaveLength(MOST_GUESTS);
  expect(kept.at(-1)).toMatchObject({ vmid: 59_000, mem: 1_000n });
  expect(await fixture.db.nodeObservation.findUniqueOrThrow({ where: { nodeId } })).toMatchObject({
    guestsSeen: 60_000,
    guestsKept: MOST_GUESTS,
  });
});

test("what an operation saw is not overwritten by a poll of another process, whose list is up to ten seconds late", async () => {
  const { nodeId } = fixture;
  const [running, late] = [createSightings(fixture.db), createSightings(fixture.db)];
  await late.keep(nodeId, { pveName: "pve", resources: [{ ...guest(160), status: "stopped" }, guest(161)] });
  await fixture.db.guestObservation.updateMany({ data: { uptimeS: 600, maxMem: 2_000n } }); // of before it was started
  await running.saw(nodeId, 160, { status: "running", name: "g-160" });
  await running.saw(nodeId, 161, null);
  await late.keep(nodeId, { pveName: "pve", resources: [{ ...guest(160), status: "stopped" }, guest(161)] });
  expect(await rows()).toMatchObject([{ vmid: 160, status: "running", uptimeS: 0, maxMem: 0n }]);

  await fixture.db.directSighting.updateMany({ data: { seenAt: new Date(Date.now() - 13_000) } });
  await late.keep(nodeId, { pveName: "pve", resources: [{ ...guest(160), status: "stopped" }] });
  expect(await rows()).toMatchObject([{ vmid: 160, status: "stopped" }]);
  expect(await fixture.db.directSighting.count()).toBe(0);
});
