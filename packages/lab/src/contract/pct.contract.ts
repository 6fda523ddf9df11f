// pct over SSH: exec, files, options, locks.

import { openChannel } from "@homeport/guest";
import { pct, type Pct } from "@homeport/ssh";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { destroyed, finished, pollMs, started, type Target } from "./target";

export function pctContract(at: () => Target): void {
  let vmid = 0;
  let onNode: Pct;
  beforeEach(({ skip }) => {
    if (at().ssh === undefined) skip("no SSH access");
  });
  beforeAll(async () => {
    const { ssh } = at();
    if (ssh === undefined) return;
    onNode = pct(ssh);
    vmid = await started(at());
    // A guest answers commands a moment after its start task ended.
    const until = Date.now() + 60_000;
    while ((await onNode.exec(vmid, ["true"]).catch(() => ({ code: 1 }))).code !== 0 && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  });
  afterAll(async () => {
    if (vmid !== 0) await destroyed(at(), vmid);
  });

  describe("exec", () => {
    test("a command's own exit code and streams come through", async () => {
      const result = await onNode.exec(vmid, ["sh", "-c", "echo out; echo err >&2; exit 7"]);
      expect({ ...result, stdout: result.stdout.toString() }).toMatchObject({
        code: 7,
        stdout: "out\n",
        stderr: "err\n",
      });
      expect((await onNode.exec(vmid, ["true"])).code).toBe(0);
      expect((await onNode.exec(vmid, ["false"])).code).toBe(1);
    });

    test("a command that is not there is 127", async () => {
      expect((await onNode.exec(vmid, ["nosuchcommand"])).code).toBe(127);
    });

    test("arguments arrive as they are, input goes in, nothing of the session's environment does", async () => {
      const hostile = `a'b "c" $HOME; exit 3 #`;
      expect((await onNode.exec(vmid, ["echo", hostile])).stdout.toString()).toBe(`${hostile}\n`);
      expect((await onNode.exec(vmid, ["cat"], { stdin: "äöü\n" })).stdout.toString()).toBe("äöü\n");
      const names = (await onNode.exec(vmid, ["env"])).stdout
        .toString()
        .split("\n")
        .map((line) => line.split("=")[0]);
      expect(names.filter((name) => name !== "" && name !== "_").sort()).toEqual(["HOME", "LANG", "PATH"]);
    });

    test("an unknown VMID is kind missing", async () => {
      await expect(onNode.exec(99_999, ["true"])).rejects.toMatchObject({ kind: "missing" });
      await expect(onNode.status(99_999)).rejects.toMatchObject({ kind: "missing", code: 2 });
    });
  });

  describe("a channel", () => {
    const open = () => openChannel((argv, io) => onNode.exec(vmid, argv, io));

    test("many commands, one after the other, each as by an exec of its own", async () => {
      const channel = open();
      const hostile = `a'b "c" $HOME; exit 3 #\n\n two lines `;
      const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 7) % 256));
      const answers = await Promise.all([
        channel.request(["sh", "-c", "echo out; echo err >&2; exit 7"]),
        channel.request(["echo", hostile]),
        channel.request(["cat"], { stdin: bytes }),
        channel.request(["true"], { stdin: "left unread" }),
        channel.request(["nosuchcommand"]),
        channel.request(["env"]),
      ]);
      expect(answers.map(({ code }) => code)).toEqual([7, 0, 0, 0, 127, 0]);
      expect([answers[0].stdout.toString(), answers[0].stderr]).toEqual(["out\n", "err\n"]);
      expect(answers[1].stdout.toString()).toBe(`${hostile}\n`);
      expect(answers[2].stdout.equals(bytes)).toBe(true);
      const names = answers[5].stdout
        .toString()
        .split("\n")
        .map((line) => line.split("=")[0])
        .filter((name) => name !== "" && name !== "_");
      expect(names.sort()).toEqual(["HOME", "LANG", "PATH"]);
      channel.close();
      await channel.ended;
    });

    test("an unknown VMID refuses it as it refuses an exec", async () => {
      const channel = openChannel((argv, io) => onNode.exec(99_999, argv, io));
      await expect(channel.request(["true"])).rejects.toMatchObject({ name: "PctError", kind: "missing" });
    });
  });

  describe("files", () => {
    test("a pushed file has content, owner and mode, and can be pulled", async () => {
      const content = Buffer.from([0, 255, 10, 13, 0, 200]);
      await onNode.push(vmid, { content, path: "/root/contract", perms: "0640", user: "root" });
      expect(await onNode.pull(vmid, "/root/contract")).toEqual(content);
      expect((await onNode.exec(vmid, ["stat", "-c", "%a %u", "/root/contract"])).stdout.toString()).toBe("640 0\n");
    });

    test("a failed copy is found out although pct exits with 0", async () => {
      await expect(onNode.push(vmid, { content: "x", path: "/nodir/x" })).rejects.toMatchObject({
        kind: "failed",
        code: 0,
      });
      await expect(onNode.pull(vmid, "/nonexist")).rejects.toMatchObject({ kind: "failed", code: 0 });
    });
  });

  describe("options and locks", () => {
    test("list, status and config tell the same as the API", async () => {
      expect(await onNode.list()).toContainEqual({ vmid, status: "running", name: `contract-${vmid}` });
      expect(await onNode.status(vmid)).toBe("running");
      expect(await onNode.config(vmid)).toMatchObject({
        hostname: `contract-${vmid}`,
        memory: "256",
        unprivileged: "1",
      });
    });

    test("what no token may set, root may", async () => {
      await onNode.set(vmid, { features: "nesting=1,keyctl=1" });
      expect((await at().proxmox.lxcConfig(at().node, vmid))["features"]).toBe("nesting=1,keyctl=1");
      await expect(onNode.set(vmid, { foo: "1" })).rejects.toMatchObject({ kind: "invalid", code: 255 });
    });

    test("a config lock refuses changes, starts and removal until pct unlock", async () => {
      const target = at();
      const { proxmox, node } = target;
      const channel = openChannel((argv, io) => onNode.exec(vmid, argv, io));
      await channel.request(["true"]);
      await finished(target, await proxmox.stopLxc(node, vmid));
      // It was a process of that guest's, and ended with it.
      await channel.ended;
      await expect(channel.request(["true"])).rejects.toMatchObject({ name: "ChannelEnded", begun: true });
      await onNode.set(vmid, { lock: "backup" });
      const locked = { kind: "locked", message: "CT is locked (backup)" };
      await expect(proxmox.setLxcConfig(node, vmid, { memory: 300 })).rejects.toMatchObject(locked);
      await expect(proxmox.destroyLxc(node, vmid)).rejects.toMatchObject(locked);
      expect((await finished(target, await proxmox.startLxc(node, vmid))).exitstatus).toBe("CT is locked (backup)");
      expect((await proxmox.lxcStatus(node, vmid)).lock).toBe("backup");
      await onNode.unlock(vmid);
      expect((await proxmox.lxcStatus(node, vmid)).lock).toBeUndefined();
    });

    test("a stopped one refuses exec and push", async () => {
      await expect(onNode.exec(vmid, ["true"])).rejects.toMatchObject({ kind: "not_running", code: 255 });
      const channel = openChannel((argv, io) => onNode.exec(vmid, argv, io));
      await expect(channel.request(["true"])).rejects.toMatchObject({ name: "PctError", kind: "not_running" });
      await expect(onNode.push(vmid, { content: "x", path: "/root/x" })).rejects.toMatchObject({ kind: "not_running" });
    });
  });
}
