// Memory guests keep the guest protocol, serve what they install, and survive the lab's process.

import {
  discoverArgv,
  envText,
  followArgv,
  helpers,
  HELPERS_PATH,
  installArgv,
  parseDiscovery,
  parseFollow,
  parseReady,
  putArgv,
  readyArgv,
  runner,
  RUNNER_PATH,
  sha256,
  startArgv,
  stopArgv,
  unitPaths,
  type PutFile,
} from "@homeport/guest";
import type { ExecResult, Pct } from "@homeport/ssh";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openTestLab, type TestLab } from "../test-lab";

let node: TestLab;
let inside: Pct;
beforeEach(async () => {
  node = await openTestLab();
  await node.create(100);
  await node.start(100);
  inside = await node.pct();
  for (const [path, text] of [
    [RUNNER_PATH, runner],
    [HELPERS_PATH, helpers],
  ] as const) {
    expect((await inside.exec(100, installArgv(path, sha256(text)), { stdin: text })).code).toBe(0);
  }
});
afterEach(async () => node.close());

const put = (target: string, content: string, more: Partial<PutFile> = {}): Promise<ExecResult> =>
  inside.exec(
    100,
    putArgv({ target, sha256: sha256(content), mode: "0600", owner: "root:root", policy: "REPLACE", ...more }),
    { stdin: content },
  );

async function begin(unit: string, script: string, env: Record<string, string> = {}): Promise<string> {
  const paths = unitPaths(unit);
  await put(paths.script, `. ${HELPERS_PATH}\n${script}`);
  await put(paths.env, envText(env));
  return (await inside.exec(100, startArgv(unit))).stdout.toString();
}

async function follow(unit: string, offset = 0, waitSeconds = 0) {
  return parseFollow((await inside.exec(100, followArgv(unit, { offset, maxBytes: 1_000_000, waitSeconds }))).stdout);
}

async function play(
  unit: string,
  script: string,
  env?: Record<string, string>,
): Promise<{ exit: number | undefined; output: string }> {
  await begin(unit, script, env);
  let output = "";
  for (;;) {
    const answer = await follow(unit, output.length, 10);
    output += answer.bytes.toString("latin1");
    if (answer.state !== "running") return { exit: answer.exit, output };
  }
}

test("the runner is installed whole or not at all", async () => {
  const damaged = await inside.exec(100, installArgv("/usr/local/lib/homeport/other", sha256("other")), {
    stdin: "text",
  });
  expect([damaged.code, damaged.stderr]).toEqual([65, "The file arrived damaged: its checksum differs.\n"]);
  expect((await inside.exec(100, ["cat", RUNNER_PATH])).stdout.toString()).toBe(runner);
});

test("a file is put by its policy", async () => {
  const answer = async (content: string, policy: PutFile["policy"]) =>
    (await put("/etc/app/a.conf", content, { policy })).stdout.toString();
  expect(await answer("one", "REPLACE")).toBe("written\n");
  expect(await answer("one", "REPLACE")).toBe("same\n");
  expect(await answer("two", "DEFAULT")).toBe("kept\n");
  expect(await answer("two", "BACKUP")).toBe(`backed-up /etc/app/a.conf.homeport-${sha256("one").slice(0, 12)}\n`);
  expect((await inside.exec(100, ["stat", "-c", "%a", "/etc/app/a.conf"])).stdout.toString()).toBe("600\n");
  expect((await put("/etc/x", "text", { sha256: sha256("other") })).code).toBe(65);
});

test("a template's script says, installs, registers and ends", async () => {
  const script = `
    log "for $HOMEPORT_HOSTNAME"
    ensure_packages nginx
    if ! systemctl is-active nginx; then fail "nginx is not active"; fi
    systemctl enable nginx >/dev/null || fail "no"
    for part in a b; do log "part $part"; done
    cat > /etc/app.conf <<EOF
port = 80
EOF
    password=$(saved_secret web)
    credential web password "$password"
    service web http 80 /start
    wait_for_port 80 30
    log done`;
  const { exit, output } = await play("u1", script, { HOMEPORT_HOSTNAME: "box" });
  expect(exit).toBe(0);
  expect(output).toMatch(
    /^for box\n[\s\S]*Setting up nginx[\s\S]*part a\npart b\n(WARN: .*\n)?Service web \(http\) registered\.\ndone\n$/,
  );
  expect((await inside.exec(100, ["cat", "/etc/app.conf"])).stdout.toString()).toBe("port = 80\n");
  const { services, listening } = parseDiscovery((await inside.exec(100, discoverArgv())).stdout);
  expect(services).toEqual([
    {
      name: "web",
      kind: "http",
      port: 80,
      path: "/start",
      credentials: { password: expect.stringMatching(/^\w{32}$/) as string },
    },
  ]);
  expect(listening).toContainEqual({ proto: "tcp", port: 80, address: "0.0.0.0", process: "web" });
  expect((await play("u2", "ensure_packages nginx")).output).toBe("Packages already installed: nginx\n");
});

test("directives of the lab: exit code and much output; fail ends with 1", async () => {
  expect(await play("u1", "echo before\n# lab: exit 3\necho after")).toEqual({ exit: 3, output: "before\n" });
  expect((await play("u2", "# lab: output 100KB")).output).toHaveLength(102_400);
  expect(await play("u3", 'fail "it broke"')).toEqual({ exit: 1, output: "ERROR: it broke\n" });
});

test("a unit is started once", async () => {
  expect(await begin("u1", "log x")).toBe("started\n");
  expect((await inside.exec(100, startArgv("u1"))).stdout.toString()).toBe("already\n");
  expect((await follow("other")).state).toBe("absent");
});

test("an http service answers on the guest's own address, and no more after a stop", async () => {
  await play("u1", "service web http 18080 /");
  const { address } = parseReady((await inside.exec(100, readyArgv(5))).stdout);
  const page = await fetch(`http://${address[0]}:18080/`);
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("guest-100") as string]);
  await node.ended(await node.proxmox.stopLxc("pve", 100));
  await expect(fetch(`http://${address[0]}:18080/`)).rejects.toThrow();
});

test("a unit that runs is interrupted by its own stop and by a stop of the guest", async () => {
  await node.restart({ scale: 1 });
  inside = await node.pct();
  await begin("u1", "# lab: sleep 60s");
  await inside.exec(100, stopArgv("u1"));
  expect((await follow("u1")).state).toBe("interrupted");
  await begin("u2", "# lab: sleep 60s");
  await node.ended(await node.proxmox.stopLxc("pve", 100));
  await node.start(100);
  expect((await follow("u2")).state).toBe("interrupted");
});

test("a script that reboots the guest is interrupted, and the guest comes back", async () => {
  await begin("u1", "log before\n# lab: reboot\nlog after");
  const { state, bytes } = await follow("u1", 7, 10);
  expect([state, bytes.toString()]).toEqual(["interrupted", ""]);
  expect((await node.proxmox.lxcStatus("pve", 100)).status).toBe("running");
});

test("a script prints the time of its line, and sleep takes as long as it says, by the lab's own clock", async () => {
  const slept: number[] = [];
  let now = 1_700_000_000_000;
  const clock = { now: () => now, sleep: (ms: number) => (slept.push(ms), (now += ms), Promise.resolve()) };
  await node.restart({ scale: 1, clock });
  inside = await node.pct();
  await begin("u1", "# lab: sleep 2s\n# lab: time");
  for (let state = "running"; state === "running";) ({ state } = await follow("u1", 0, 10));
  expect(Number((await follow("u1")).bytes.toString())).toBeGreaterThanOrEqual(1_700_000_002_000);
  slept.length = 0;
  expect((await inside.exec(100, ["sleep", "1.5"])).code).toBe(0);
  expect(slept).toContain(1_500);
  expect((await inside.exec(100, ["sleep", "soon"])).code).toBe(1);
});

test("guests, their files and a unit under way survive the lab's process", async () => {
  await node.restart({ scale: 1 });
  inside = await node.pct();
  await put("/root/kept", "kept");
  await begin("u1", "log first\n# lab: sleep 300ms\nlog second");
  await node.restart();
  inside = await node.pct();
  expect((await inside.exec(100, ["cat", "/root/kept"])).stdout.toString()).toBe("kept");
  for (let size = 0, state = "running"; state === "running";) ({ size, state } = await follow("u1", size, 10));
  expect((await follow("u1")).bytes.toString()).toBe("first\nsecond\n");
});

test("drop-ssh cuts the first follow and no other", async () => {
  await node.restart({ scale: 1 });
  inside = await node.pct();
  await node.proxmox.setLxcConfig("pve", 100, { hostname: "drop-ssh" });
  await begin("u1", "# lab: sleep 2s\nlog hello");
  await expect(follow("u1", 0, 30)).rejects.toMatchObject({ kind: "closed" });
  inside = await node.pct();
  for (let size = 0, state = "running"; state === "running";) ({ size, state } = await follow("u1", size, 10));
  expect((await follow("u1")).bytes.toString()).toBe("hello\n");
});
