// Snapshots, copies, templates, volumes and pools: the same answers of a lab and of a node whose storage can do them.

import { afterAll, beforeAll, expect, test, type TestContext } from "vitest";
import { created, destroyed, finished, type Target } from "./target";

export function disksContract(at: () => Target): void {
  let vmid = 0;
  let canSnapshot = false;
  beforeAll(async () => {
    vmid = await created(at());
    const { data } = await at().call(`GET ${guest()}/feature`, { feature: "snapshot" });
    canSnapshot = (data as { hasFeature: number }).hasFeature === 1; // shape seen on 8.4 and 9.2
  });
  afterAll(async () => destroyed(at(), vmid));

  const guest = (id = vmid) => `/nodes/${at().node}/lxc/${id}`;
  const config = async (id = vmid) => (await at().proxmox.lxcConfig(at().node, id)) as Record<string, unknown>;
  const ended = async (call: string, params?: Record<string, string>) => {
    const { status, reason, data } = await at().call(call, params);
    return status === 200 ? (await finished(at(), String(data), 300_000)).exitstatus : `${status} ${reason}`;
  };
  /** Storages such as a plain directory have no snapshots. */
  const need = (context: TestContext) =>
    canSnapshot ? undefined : context.skip(`storage ${at().storage} takes no snapshots`);

  test("`storage:GiB` becomes a volume, which is unused when it is taken away, and freed when that is", async () => {
    const target = at();
    expect((await target.call(`PUT ${guest()}/config`, { mp0: `${target.storage}:1,mp=/data` })).status).toBe(200);
    expect((await config())["mp0"]).toMatch(
      new RegExp(`^${target.storage}:\\S*vm-${vmid}-disk-1\\S*,mp=/data,size=1G$`),
    );
    await target.call(`PUT ${guest()}/config`, { delete: "mp0" });
    expect((await config())["unused0"]).toMatch(new RegExp(`^${target.storage}:`));
    await target.call(`PUT ${guest()}/config`, { delete: "unused0" });
    expect(await config()).not.toHaveProperty("unused0");
  });

  test("the root disk is set as it is read; only `unprivileged` is read-only", async () => {
    const rootfs = String((await config())["rootfs"]);
    expect((await at().call(`PUT ${guest()}/config`, { rootfs })).status).toBe(200);
    expect((await config())["rootfs"]).toBe(rootfs);
    expect(await at().call(`PUT ${guest()}/config`, { unprivileged: "0" })).toMatchObject({
      status: 500,
      reason: "unable to modify read-only option: 'unprivileged'",
    });
  });

  test("contradictions in one change are refused by name", async () => {
    expect((await at().call(`PUT ${guest()}/config`, { memory: "300", delete: "memory" })).status).toBe(400);
    expect((await at().call(`PUT ${guest()}/config`, { revert: "foo" })).status).toBe(400);
    expect(await at().call(`GET ${guest()}/config`, { snapshot: "nope" })).toMatchObject({
      status: 500,
      reason: "snapshot 'nope' does not exist",
    });
  });

  test("a snapshot keeps the config, and going back brings it back", async (context) => {
    need(context);
    expect(await ended(`POST ${guest()}/snapshot`, { snapname: "s1", description: "one" })).toBe("OK");
    expect(await ended(`POST ${guest()}/snapshot`, { snapname: "s1" })).toBe("snapshot name 's1' already used");
    await at().call(`PUT ${guest()}/config`, { memory: "300" });
    expect((await at().call(`GET ${guest()}/snapshot`)).data).toMatchObject([
      { name: "s1", description: "one\n" },
      { name: "current", parent: "s1", running: 0 },
    ]);
    expect((await at().call(`GET ${guest()}/snapshot/s1/config`)).data).toMatchObject({
      memory: 256,
      snaptime: expect.any(Number) as number,
    });
    expect(await ended(`POST ${guest()}/snapshot/s1/rollback`)).toBe("OK");
    expect(await config()).toMatchObject({ memory: 256, parent: "s1" });
  });

  test("a copy of a snapshot has a name and a MAC of its own", async (context) => {
    need(context);
    const copy = await at().freshVmid();
    expect(
      await ended(`POST ${guest()}/clone`, { newid: String(copy), snapname: "s1", full: "1", hostname: "copy" }),
    ).toBe("OK");
    const [before, after] = [await config(), await config(copy)];
    expect(after).toMatchObject({ hostname: "copy", memory: 256 });
    expect([after["parent"], after["lock"], after["net0"] === before["net0"]]).toEqual([undefined, undefined, false]);
    await destroyed(at(), copy);
  });

  test("a deleted snapshot is gone, and a template is one for good", async (context) => {
    need(context);
    expect(await ended(`DELETE ${guest()}/snapshot/s1`)).toBe("OK");
    expect(await ended(`DELETE ${guest()}/snapshot/s1`)).toBe("snapshot 's1' does not exist");
    expect(await at().call(`POST ${guest()}/template`)).toEqual({ status: 200, reason: "OK", data: null });
    await expect.poll(async () => (await config())["template"], { timeout: 30_000 }).toBe(true);
    expect(await ended(`POST ${guest()}/status/start`)).toBe("you can't start a CT if it's a template");
  });

  test("a snapshot's name is checked before its task", async () => {
    const post = (snapname: string) => at().call(`POST ${guest()}/snapshot`, { snapname });
    expect([(await post("1bad")).status, (await post("a")).status]).toEqual([400, 400]);
    expect(await post("current")).toMatchObject({
      status: 500,
      reason: "unable to use snapshot name 'current' (reserved name)",
    });
  });

  test("what this API has no machine for is an empty list", async () => {
    const { call, node } = at();
    expect((await call(`GET /nodes/${node}/replication`)).data).toEqual([]);
    expect((await call("GET /access/domains")).data).toEqual(
      expect.arrayContaining([expect.objectContaining({ realm: "pam" })]),
    );
    expect((await call("GET /storage")).status).toBe(200);
  });
}
