// Operations on a container that is there, each behind the fence.
import type { RunKind } from "@homeport/db/types";
import { connectProxmox } from "@homeport/proxmox";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { openFixture, type Fixture, type RunWithSteps } from "../testing/fixture";
import { keepHistory } from "../testing/keep-history";
import { startTestWorker, type TestWorker } from "../testing/in-process-worker";

let fixture: Fixture;
let worker: TestWorker;
beforeAll(async () => {
  fixture = await openFixture();
  worker = await startTestWorker(fixture, inject("temporalAddress"));
});
afterAll(async () => {
  await worker.stop();
  await fixture.close();
});

test("stop, start, reboot, shut down, destroy: each ends in the state it names", async () => {
  const { container } = await provisioned();
  const vmid = container.vmid ?? 0;

  await done(container.id, "stop");
  expect(await statusOf(vmid)).toBe("stopped");
  expect(await seen(vmid)).toBe("stopped");
  await done(container.id, "stop"); // is so already
  await done(container.id, "start");
  expect(await statusOf(vmid)).toBe("running");
  expect(await seen(vmid)).toBe("running");
  await done(container.id, "reboot");
  expect(await statusOf(vmid)).toBe("running");
  await done(container.id, "shutdown");
  expect(await statusOf(vmid)).toBe("stopped");
  const destroyed = await done(container.id, "destroy");
  expect(await statusOf(vmid)).toBeUndefined();
  expect(destroyed.container).toMatchObject({ lifecycle: "deleted", address: null });
  expect(await seen(vmid)).toBeUndefined();
  await keepHistory("operate-destroy", destroyed.id, { address: inject("temporalAddress"), codec: fixture.codec });
});

test("a container that ignores the shutdown is stopped, and the run says so", async () => {
  const { container } = await provisioned({ hostname: "ignore-shutdown" });
  const run = await operated(container.id, "shutdown", "done_with_warnings");
  await keepHistory("operate-shutdown", run.id, { address: inject("temporalAddress"), codec: fixture.codec });
  expect(run.steps[0]).toMatchObject({ state: "warning", detail: "stopped, as it did not shut down in time" });
  expect(await statusOf(container.vmid ?? 0)).toBe("stopped");
});

test("a running container is stopped before it is destroyed", async () => {
  const { container } = await provisioned();
  await done(container.id, "destroy");
  expect(await statusOf(container.vmid ?? 0)).toBeUndefined();
});

test("a guest that somebody else put on the VMID is refused by every operation and left as it is", async () => {
  const { container } = await provisioned();
  const vmid = container.vmid ?? 0;
  await fixture.lab.faults.deleteGuest({ vmid });
  await fixture.lab.faults.createForeignGuest({ vmid, hostname: "stranger", running: true });
  const since = Date.now();

  for (const kind of ["stop", "shutdown", "reboot", "destroy"] as const) {
    const run = await operated(container.id, kind, "awaiting_decision");
    expect(run.error).toContain(`CT ${vmid} on node lab was not made by Homeport`);
    await worker.engine.cancel(run.id);
    await fixture.until(run.id, "cancelled");
  }
  expect(await statusOf(vmid)).toBe("running");
  const touched = (await fixture.lab.faults.journal()).filter((entry) => entry.time >= since && entry.vmid === vmid);
  expect(touched).toEqual([]);
  await fixture.lab.faults.deleteGuest({ vmid });
});

test("destroying what is gone already succeeds and frees the VMID", async () => {
  const { container } = await provisioned();
  await fixture.lab.faults.deleteGuest({ vmid: container.vmid ?? 0 });
  const run = await done(container.id, "destroy");
  expect(run.container.lifecycle).toBe("deleted");
});

test("when the answers of a start, a stop and a destroy are lost, each is asked for once", async () => {
  const { container } = await provisioned();
  const vmid = container.vmid ?? 0;
  for (const [kind, path] of [["stop", "/status/stop"], ["start", "/status/start"], ["reboot", "/status/reboot"]] as const) {
    const since = Date.now();
    await fixture.lab.faults.loseReply({ method: "POST", path: `/lxc/${vmid}${path}` });
    await done(container.id, kind);
    const asked = (await fixture.lab.faults.journal()).filter((entry) => entry.time >= since && entry.path.endsWith(`/lxc/${vmid}${path}`));
    expect(asked).toHaveLength(1);
  }
  await fixture.lab.faults.loseReply({ method: "DELETE", path: `/lxc/${vmid}` });
  await done(container.id, "destroy");
  expect(await statusOf(vmid)).toBeUndefined();
});

async function provisioned(spec: Parameters<Fixture["provision"]>[0] = {}): Promise<RunWithSteps> {
  const started = await fixture.provision(spec, { packages: [], files: [], scripts: [] });
  await worker.engine.startRun(started);
  return fixture.until(started.runId, "done");
}

const done = (containerId: string, kind: Exclude<RunKind, "provision">): Promise<RunWithSteps> => operated(containerId, kind, "done");

async function operated(containerId: string, kind: Exclude<RunKind, "provision">, state: "done" | "done_with_warnings" | "awaiting_decision"): Promise<RunWithSteps> {
  const started = await fixture.operate(containerId, kind);
  await worker.engine.startRun(started);
  return fixture.until(started.runId, state);
}

async function statusOf(vmid: number): Promise<string | undefined> {
  const { lab } = fixture;
  const proxmox = connectProxmox({ host: lab.host, port: lab.port, tokenId: lab.token.id, tokenSecret: lab.token.secret, fingerprint: lab.fingerprint });
  const guests = await proxmox.listLxc("pve");
  await proxmox.close();
  return guests.find((guest) => guest.vmid === vmid)?.status;
}

async function seen(vmid: number): Promise<string | undefined> {
  return (await fixture.db.guestObservation.findUnique({ where: { nodeId_vmid: { nodeId: fixture.nodeId, vmid } } }))?.status;
}
