// The lxc backend keeps LabHost's promises with a real container.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { followArgv, parseFollow, stopArgv } from "@homeport/guest";
import type { LabHost } from "../host";
import { lxcAvailable } from "./available";
import { inGuest, openTestHost, testSpec } from "./guest-of-test";

const available = await lxcAvailable();
const vmid = 100;

test("real containers can run here", (context) => {
  if (available.ok) return;
  if (process.env["CI"] === "true")
    throw new Error(`LXC cannot run, and CI may not skip it: ${available.reason}. ${available.fix}`);
  context.skip(`LXC cannot run: ${available.reason}. ${available.fix}`);
});

describe.runIf(available.ok)("a real container", () => {
  let host: LabHost;
  let close: () => Promise<void> = () => Promise.resolve();
  const guest = () => inGuest(host, vmid);

  beforeAll(async () => {
    ({ host, close } = await openTestHost((line) => process.stderr.write(`${line}\n`)));
    await host.create(await testSpec(host, vmid), () => undefined, new AbortController().signal);
    await host.start(await testSpec(host, vmid));
  });
  afterAll(() => close());

  test("boots systemd without a failed unit and gets an address by DHCP", async () => {
    const { system, address } = await guest().install();
    expect(system).toBe("running");
    const seen = (await host.interfaces(vmid))?.find(({ name }) => name === "eth0");
    expect(seen).toMatchObject({ hwaddr: "bc:24:11:00:00:64", inet: [`${address}/24`] });
  });

  test("is unprivileged: its root is nobody on this machine", async () => {
    expect((await guest().must(["cat", "/proc/self/uid_map"])).toString().trim().split(/\s+/)).toEqual([
      "0",
      "100000",
      "65536",
    ]);
    expect((await guest().must(["stat", "-c", "%U", "/root"])).toString().trim()).toBe("root");
  });

  test.each([
    [["true"], 0],
    [["sh", "-c", "exit 7"], 7],
    [["sh", "-c", "kill -9 $$"], 137],
    [["no-such-command"], 127],
    [["/etc/passwd"], 126],
  ])("%j ends with exit code %i", async (argv, code) => {
    expect((await guest().exec(argv)).code).toBe(code);
  });

  test("a command gets its input whole and an environment without anything of this process", async () => {
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 256));
    expect((await guest().exec(["cat"], bytes)).stdout.equals(bytes)).toBe(true);
    expect((await guest().must(["cat"], bytes)).equals(bytes)).toBe(true);
    const names = (await guest().exec(["env"])).stdout
      .toString()
      .trim()
      .split("\n")
      .map((line) => line.split("=")[0])
      .sort();
    expect(names).toEqual(["HOME", "LANG", "PATH", "container"]);
  });

  test("a file is pushed with owner and mode, and pulled back", async () => {
    const content = Buffer.from([0, 1, 255, 10]);
    await host.push(vmid, { path: "/root/pushed", content, uid: 33, gid: 33, mode: 0o640 });
    expect((await host.pull(vmid, "/root/pushed")).equals(content)).toBe(true);
    expect((await guest().must(["stat", "-c", "%U:%G %a", "/root/pushed"])).toString()).toBe("www-data:www-data 640\n");
    await expect(host.push(vmid, { path: "/no/such/place", content, uid: 0, gid: 0, mode: 0o600 })).rejects.toThrow(
      "nonexistent",
    );
    await expect(host.pull(vmid, "/no/such/place")).rejects.toThrow("No such file");
  });

  test("units run under systemd: once, with their exit code, stopped with all their children", async () => {
    expect(await guest().runUnit("hp-ok", "echo hello; exit 3")).toEqual({
      state: "exited",
      exit: 3,
      output: "hello\n",
    });
    expect(await guest().runUnit("hp-killed", "kill -9 $$")).toMatchObject({ state: "exited", exit: 137 });
    const running = guest().runUnit("hp-long", "setsid sleep 4321 & sleep 4321");
    await expect.poll(async () => (await guest().exec(["systemctl", "is-active", "hp-long.service"])).code).toBe(0);
    await expect
      .poll(async () => (await guest().exec(["pgrep", "-c", "-f", "sleep 4321"])).stdout.toString().trim())
      .toBe("2");
    await guest().must(stopArgv("hp-long"));
    expect((await running).state).toBe("interrupted");
    expect((await guest().exec(["pgrep", "-f", "sleep 4321"])).code).toBe(1);
  });

  test("a command in a channel ends with the container that it ran in", async () => {
    const open = guest();
    await open.must(["true"]);
    const waiting = expect(open.must(["sleep", "4321"])).rejects.toMatchObject({ name: "ChannelEnded", begun: true });
    await host.stop(vmid);
    await waiting;
    await host.start(await testSpec(host, vmid));
    await open.must(["true"]);
    await guest().install();
  });

  test("a restart of the container makes a running unit interrupted, not running and not exited", async () => {
    // The session that starts or follows it dies with the container.
    const unit = guest()
      .runUnit("hp-reboot", "echo begun; sleep 4321")
      .catch(() => undefined);
    await expect
      .poll(async () => (await guest().exec(["test", "-s", "/var/lib/homeport/units/hp-reboot/output"])).code)
      .toBe(0);
    await host.stop(vmid);
    await unit;
    await host.start(await testSpec(host, vmid));
    await guest().install();
    expect(await guest().runUnit("hp-reboot", "echo begun; sleep 4321")).toMatchObject({
      state: "interrupted",
      output: "begun\n",
    });
    const answer = parseFollow(await guest().must(followArgv("hp-reboot", { offset: 0, maxBytes: 0, waitSeconds: 0 })));
    expect(answer.restarted).toBe(true);
  });

  test("more output than the container may keep is cut at 64 MiB, and neither its end nor its exit code is lost", async () => {
    const loud = "hp-loud";
    const running = guest().runUnit(loud, "head -c 100000000 /dev/zero | tr '\\0' x; echo end; exit 5");
    expect((await running).exit).toBe(5);
    const answer = parseFollow(await guest().must(followArgv(loud, { offset: 0, maxBytes: 0, waitSeconds: 0 })));
    expect(answer).toMatchObject({ state: "exited", exit: 5, size: 64 * 1024 ** 2, restarted: false });
    expect(answer.size + answer.dropped).toBeGreaterThan(99_500_000);
  });

  test("tells what it uses", async () => {
    const usage = await host.usage(vmid);
    expect(usage.pid).toBeGreaterThan(1);
    expect(usage.memBytes).toBeGreaterThan(1_000_000);
    expect(usage.memBytes).toBeLessThan(512 * 1024 ** 2);
    expect(usage.diskBytes).toBeGreaterThan(100_000_000);
    expect(usage.netInBytes).toBeGreaterThan(0);
  });

  test("a new hostname and more memory reach a running container", async () => {
    const limit = [
      "sh",
      "-c",
      "cat /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null || cat /sys/fs/cgroup/memory.max",
    ];
    expect((await guest().must(limit)).toString()).toBe(`${512 * 1024 ** 2}\n`);
    await host.apply(await testSpec(host, vmid, { hostname: "renamed", memoryMib: 640 }));
    expect((await guest().must(["hostname"])).toString()).toBe("renamed\n");
    expect((await guest().must(limit)).toString()).toBe(`${640 * 1024 ** 2}\n`);
  });

  test("shuts down when asked, and is gone when destroyed", async () => {
    await guest().install();
    expect(await host.shutdown(vmid, 60_000)).toBe(true);
    expect(await host.interfaces(vmid)).toBeNull();
    await host.destroy(vmid);
    expect(await host.guests()).toEqual([]);
  });

  test("a creation that is aborted leaves nothing behind", async () => {
    const controller = new AbortController();
    const creating = host.create(await testSpec(host, 101), () => controller.abort(), controller.signal);
    await expect(creating).rejects.toThrow();
    expect(await host.guests()).toEqual([]);
  });
});
