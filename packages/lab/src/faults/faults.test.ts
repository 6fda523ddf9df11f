// Each fault does what its name says, and reset ends it.

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { eventually, guestParams, openTestLab, raw, type TestLab } from "../test-lab";
import { connectLab } from "../remote";

let node: TestLab;
beforeEach(async () => {
  node = await openTestLab();
});
afterEach(async () => node.close());

describe("requests", () => {
  test("a lost reply is a create that happened", async () => {
    await node.lab.faults.loseReply({ method: "POST", path: "/lxc" });
    await expect(node.proxmox.createLxc("pve", guestParams(100))).rejects.toMatchObject({ kind: "unreachable" });
    const [task] = await node.proxmox.tasks("pve", { vmid: 100, source: "all" });
    expect((await node.ended(task?.upid ?? "")).exitstatus).toBe("OK");
  });

  test("a dropped request never happened; the next one does", async () => {
    await node.lab.faults.dropRequest({ method: "POST" });
    await expect(node.proxmox.createLxc("pve", guestParams(100))).rejects.toMatchObject({ kind: "unreachable" });
    expect(await node.proxmox.tasks("pve", { source: "all" })).toEqual([]);
    expect((await node.create(100)).exitstatus).toBe("OK");
  });

  test("an answer can be put in the node's mouth", async () => {
    await node.lab.faults.answerWith({ path: "/version", status: 596, reason: "Connection timed out" });
    await expect(node.proxmox.version()).rejects.toMatchObject({ kind: "unreachable", status: 596 });
    await node.lab.faults.answerWith({ path: "/version", status: 200, body: "<html>" });
    await expect(node.proxmox.version()).rejects.toMatchObject({ kind: "malformed" });
  });

  test("an unreachable node comes back", async () => {
    await node.lab.faults.unreachable({ ms: 60_000 });
    await expect(node.proxmox.version()).rejects.toMatchObject({ kind: "unreachable" });
    await node.lab.faults.reset();
    expect((await node.proxmox.version()).version).toBe("9.2.11");
  });
});

describe("identity", () => {
  test("another certificate is noticed before anything is sent", async () => {
    const fingerprint = await node.lab.faults.changeCertificate();
    await expect(node.proxmox.version()).rejects.toMatchObject({ kind: "certificate", seenFingerprint: fingerprint });
    expect(node.lab.fingerprint).toBe(fingerprint);
  });

  test("another host key is noticed before signing in", async () => {
    const { host, sshPort: port, hostKey, ssh } = node.lab;
    const changed = await node.lab.faults.changeHostKey();
    const { connectSsh } = await import("@homeport/ssh");
    await expect(connectSsh({ host, port, user: ssh.user, password: ssh.password, hostKey })).rejects.toMatchObject({
      kind: "host_key",
      seenHostKey: changed,
    });
  });

  test("a revoked token is refused until it is restored", async () => {
    await node.lab.faults.revokeToken();
    await expect(node.proxmox.version()).rejects.toMatchObject({ kind: "auth" });
    await node.lab.faults.restoreToken();
    expect((await node.proxmox.version()).release).toBe("9.2");
  });
});

describe("SSH", () => {
  test("a cut connection ends the session, a refused one does not begin", async () => {
    const ssh = await node.ssh();
    await node.lab.faults.cutSsh();
    await ssh.closed;
    await node.lab.faults.refuseSsh({ ms: 60_000 });
    await expect(node.ssh()).rejects.toMatchObject({ kind: "unreachable" });
    await node.lab.faults.refuseSsh({ ms: 0 });
    expect((await (await node.ssh()).exec(["true"])).code).toBe(0);
  });
});

describe("tasks", () => {
  test("a create whose process dies leaves its lock and nothing to tell", async () => {
    await node.lab.faults.dieTask({ type: "vzcreate" });
    expect((await node.create(100)).exitstatus).toBe("unexpected status");
    expect(await node.proxmox.lxcConfig("pve", 100)).toMatchObject({ lock: "create" });
    await (await node.pct()).unlock(100);
    expect((await node.ended(await node.proxmox.destroyLxc("pve", 100))).exitstatus).toBe("OK");
    expect((await node.create(100)).exitstatus).toBe("OK");
  });

  test("a task can be failed and delayed", async () => {
    await node.lab.faults.failTask({ type: "vzstart", error: "no space left on device" });
    await node.create(100);
    expect((await node.start(100)).exitstatus).toBe("no space left on device");
    await node.lab.faults.delayTask({ type: "vzstart", delayMs: 100 });
    const upid = await node.proxmox.startLxc("pve", 100);
    expect((await node.proxmox.taskStatus(upid)).status).toBe("running");
    expect((await node.ended(upid)).exitstatus).toBe("OK");
    await node.lab.faults.delayTask({ type: "vzstop", delayMs: 600_000 });
    const stopping = await node.proxmox.stopLxc("pve", 100);
    await node.lab.faults.endDelays();
    expect((await node.ended(stopping)).exitstatus).toBe("OK");
    await node.lab.faults.delayTask({ type: "vzstart", delayMs: 600_000 });
    await node.lab.faults.endDelays();
    expect((await node.start(100)).exitstatus).toBe("OK");
  });

  test("a held flock makes others wait", async () => {
    await node.create(100);
    await node.lab.faults.holdFlock({ vmid: 100, ms: 100 });
    await node.proxmox.setLxcConfig("pve", 100, { memory: 300 });
    expect((await node.proxmox.lxcConfig("pve", 100)).memory).toBe(300);
  });

  test("a full storage and a lost quorum refuse new guests", async () => {
    await node.lab.faults.fillStorage({ storage: "local-lvm", full: true });
    expect((await node.create(100)).exitstatus).toMatch(
      /^unable to create CT 100 - lvcreate .* free space in thin pool/,
    );
    const storage = (await node.proxmox.storages("pve")).find((row) => row.storage === "local-lvm");
    expect(storage?.avail).toBe(0);
    await node.lab.faults.quorum({ ok: false });
    await expect(node.create(101)).rejects.toMatchObject({ kind: "no_quorum" });
    await node.lab.faults.reset();
    expect((await node.create(102)).exitstatus).toBe("OK");
  });
});

describe("guests", () => {
  test("a foreign guest takes a VMID, and can be taken away again", async () => {
    await node.lab.faults.createForeignGuest({ vmid: 100, hostname: "not-ours", running: true });
    await expect(node.create(100)).rejects.toMatchObject({ kind: "exists" });
    expect(await node.proxmox.lxcStatus("pve", 100)).toMatchObject({ status: "running", name: "not-ours" });
    await node.lab.faults.deleteGuest({ vmid: 100 });
    await expect(node.proxmox.lxcStatus("pve", 100)).rejects.toMatchObject({ kind: "missing" });
  });

  test("a guest that moved is on the other node for the API and gone for pct, until it comes home", async () => {
    await node.create(100);
    await node.lab.faults.migrateGuest({ vmid: 100, to: "pve2" });
    await expect(node.proxmox.lxcConfig("pve", 100)).rejects.toMatchObject({ kind: "missing" });
    expect((await node.proxmox.resources("vm")).map((row) => [row.vmid, row.node])).toEqual([[100, "pve2"]]);
    expect(await node.proxmox.lxcStatus("pve2", 100)).toMatchObject({ status: "stopped" });
    await expect((await node.pct()).status(100)).rejects.toMatchObject({ kind: "missing" });
    await node.lab.faults.migrateGuest({ vmid: 100, to: null });
    expect(await node.proxmox.lxcStatus("pve", 100)).toMatchObject({ status: "stopped" });
  });

  test("a reboot of the node stops every guest and starts those with onboot", async () => {
    await node.create(100, { onboot: true });
    await node.create(101);
    await node.start(100);
    await node.start(101);
    await node.lab.faults.rebootNode({ downMs: 50 });
    const states = async () =>
      (await node.proxmox.listLxc("pve").catch(() => [])).sort((a, b) => a.vmid - b.vmid).map((guest) => guest.status);
    await eventually(async () => JSON.stringify(await states()) === '["running","stopped"]');
  });
});

describe("words in a hostname", () => {
  test.each([
    ["web-fail-create", "vzcreate", /^unable to create CT 100 - /],
    ["warn-create", "vzcreate", /^WARNINGS: 1$/],
    ["fail-start.example", "vzstart", /^startup for container '100' failed$/],
    ["my-fail-destroy-2", "vzdestroy", /^lvremove /],
    ["failcreate", "vzdestroy", /^OK$/],
  ])("%s", async (hostname, type, exitstatus) => {
    const upids = [await node.proxmox.createLxc("pve", guestParams(100, { hostname }))];
    await node.ended(upids[0] ?? "");
    if (type !== "vzcreate") upids.push(await node.proxmox.startLxc("pve", 100));
    await node.ended(upids.at(-1) ?? "");
    if (type === "vzdestroy") upids.push(await node.proxmox.destroyLxc("pve", 100, { force: true }));
    expect((await node.ended(upids.at(-1) ?? "")).exitstatus).toMatch(exitstatus);
  });

  test("dies-early: its start succeeds, and it is stopped a moment later", async () => {
    await node.create(100, { hostname: "dies-early" });
    const started = await node.proxmox.startLxc("pve", 100);
    expect((await node.ended(started)).exitstatus).toBe("OK");
    await eventually(async () => (await node.proxmox.lxcStatus("pve", 100)).status === "stopped");
  });

  test("reply-lost: created, but nobody was told", async () => {
    await expect(node.create(100, { hostname: "reply-lost" })).rejects.toMatchObject({ kind: "unreachable" });
    await eventually(async () => (await node.proxmox.tasks("pve", { vmid: 100 }))[0]?.status === "OK");
  });

  test("no-address: running, and without one", async () => {
    await node.create(100, { hostname: "no-address" });
    await node.start(100);
    const eth0 = (await node.proxmox.lxcInterfaces("pve", 100))?.find((iface) => iface.name === "eth0");
    expect(eth0).toBeDefined();
    expect(eth0?.inet).toBeUndefined();
  });

  test("ignore-shutdown: only force ends it", async () => {
    await node.create(100, { hostname: "ignore-shutdown" });
    await node.start(100);
    const shutdown = async (forceStop: boolean) =>
      node.ended(await node.proxmox.shutdownLxc("pve", 100, { timeoutS: 1, forceStop }));
    expect((await shutdown(false)).exitstatus).toBe("container did not stop");
    expect((await shutdown(true)).exitstatus).toBe("OK");
  });
});

describe("from another process", () => {
  test("the fault API answers to the secret of the state directory alone", async () => {
    const remote = connectLab({ stateDir: node.stateDir, port: node.lab.port });
    await remote.faults.createForeignGuest({ vmid: 150 });
    expect((await node.proxmox.listLxc("pve")).map((guest) => guest.vmid)).toEqual([150]);
    expect(await remote.users.addToken({ tokenId: "root@pam!other" })).toMatch(/^[0-9a-f-]{36}$/);
    await expect(remote.faults.lockGuest({ vmid: 999, lock: "backup" })).rejects.toThrow("does not exist");
    expect((await raw(node.lab, { method: "POST", path: "/lab/faults/journal" })).status).toBe(401);
  });

  test("the journal tells every change in order, without secrets", async () => {
    await node.create(100, { password: "very secret" });
    await (await node.pct()).set(100, { tags: "x" });
    const journal = await node.lab.faults.journal();
    expect(journal.map(({ actor, method, path, vmid }) => [actor, method, path, vmid])).toEqual([
      ["root@pam!homeport", "POST", "/nodes/pve/lxc", 100],
      ["root@pam", "SSH", "pct set", 100],
    ]);
    expect(JSON.stringify(journal)).not.toContain("very secret");
  });

  test("the requests that only read are counted too", async () => {
    await node.create(100);
    const before = (await node.lab.faults.requests()).length;
    await node.proxmox.lxcConfig("pve", 100);
    const seen = (await node.lab.faults.requests()).slice(before);
    expect(seen.map(({ method, path }) => [method, path])).toEqual([["GET", "/nodes/pve/lxc/100/config"]]);
  });
});
