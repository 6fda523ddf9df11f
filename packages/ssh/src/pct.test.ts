// `pct`, played by a script that answers as Proxmox VE 9.2 does, exit codes and all; commands "inside" really run.
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connectSsh } from "./connect-ssh";
import { pct, type Pct } from "./pct";
import type { Ssh } from "./ssh";
import { startTestServer, type TestServer } from "./test-server";

const script = `#!/bin/sh
verb=$1; vmid=$2
echo "perl: warning: Setting locale failed." >&2
if [ "$vmid" = 999 ]; then echo "Configuration file 'nodes/pve/lxc/999.conf' does not exist" >&2; exit 2; fi
case $verb in
  exec)
    if [ "$vmid" = 102 ]; then echo "container '102' not running!" >&2; exit 255; fi
    while [ "$1" != -- ]; do shift; done; shift
    exec "$@" ;;
  push)
    if [ "$vmid" = 102 ]; then echo "can only push files to a running CT" >&2; exit 255; fi
    stat -c %a "$3" > "$STAGED_MODE"
    if [ "$vmid" = 103 ]; then printf torn > "$4"; exit 0; fi
    cp "$3" "$4" 2>/dev/null || { echo "failed to create file: $4: No such file or directory" >&2; exit 0; }
    [ "$5" = --perms ] && chmod "$6" "$4"
    exit 0 ;;
  pull) cat "$3" > "$4" 2>/dev/null || echo "failed to open $3: No such file or directory" >&2; exit 0 ;;
  set) shift 2; printf '%s\\n' "$@" > "$SET_ARGS" ;;
  unlock) exit 0 ;;
  status) echo "status: running" ;;
  config) printf 'arch: amd64\\nnet0: name=eth0,bridge=vmbr0,hwaddr=BC:24:11:D1:3A:08,ip=dhcp,type=veth\\nmemory: 512\\n' ;;
  list) printf 'VMID       Status     Lock         Name                \\n101        running                 ct101               \\n102        stopped    backup       ct102               \\n' ;;
  *) echo "ERROR: unknown command 'pct $verb'" >&2; exit 255 ;;
esac
`;

let dir: string;
let server: TestServer;
let ssh: Ssh;
let guest: Pct;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "homeport-pct-"));
  writeFileSync(join(dir, "pct"), script);
  chmodSync(join(dir, "pct"), 0o755);
  const env = {
    PATH: `${dir}:${process.env["PATH"] ?? ""}`,
    STAGED_MODE: join(dir, "mode"),
    SET_ARGS: join(dir, "args"),
    LEAKED: "by the session",
  };
  server = await startTestServer({ password: "right", env });
  ssh = await connectSsh({
    host: "127.0.0.1",
    port: server.port,
    user: "root",
    password: "right",
    hostKey: server.hostKey,
  });
  guest = pct(ssh, { stageDir: dir });
});
afterAll(async () => {
  ssh.close();
  await server.close();
  rmSync(dir, { recursive: true });
});
const leftBehind = (): string[] => readdirSync(dir).filter((name) => name.startsWith("homeport-"));

test("a command inside gets its arguments untouched, a clean environment, and its own exit code", async () => {
  const echoed = await guest.exec(101, ["printf", "%s", "a b; $HOME 'x'"]);
  expect(echoed.stdout.toString()).toBe("a b; $HOME 'x'");
  const environment = (await guest.exec(101, ["env"])).stdout.toString();
  expect(environment).toContain("HOME=/root\n");
  expect(environment).not.toContain("LEAKED");
  expect((await guest.exec(101, ["sh", "-c", "exit 255"])).code).toBe(255);
  expect((await guest.exec(101, ["sh", "-c", "exit 2"])).code).toBe(2);
  expect(server.commands[0]).toMatch(/; exec 'pct' 'exec' '101' '--keep-env' '0' '--' 'env' '-i' /);
});

test("a container that is not there or not running is pct's refusal, not a command's exit code", async () => {
  await expect(guest.exec(999, ["true"])).rejects.toMatchObject({ name: "PctError", kind: "missing", code: 2 });
  await expect(guest.exec(102, ["true"])).rejects.toMatchObject({ name: "PctError", kind: "not_running", code: 255 });
  await expect(guest.status(999)).rejects.toMatchObject({ kind: "missing" });
});

test("push writes the bytes with their mode, stages them for root only, and leaves nothing on the node", async () => {
  const content = Buffer.from([0, 255, 10, 13, 39]);
  await guest.push(101, { content, path: join(dir, "pushed"), perms: "0640" });
  expect(readFileSync(join(dir, "pushed")).equals(content)).toBe(true);
  expect(statSync(join(dir, "pushed")).mode & 0o777).toBe(0o640);
  expect(readFileSync(join(dir, "mode"), "utf8").trim()).toBe("600");
  expect(leftBehind()).toEqual([]);
});

test("a push that fails with exit code 0 is noticed, and so is one that tears the file", async () => {
  await expect(guest.push(101, { content: "x", path: join(dir, "no/such/dir") })).rejects.toMatchObject({
    kind: "failed",
    message: /failed to create file/,
  });
  await expect(guest.push(103, { content: "whole", path: join(dir, "torn") })).rejects.toMatchObject({
    kind: "failed",
    message: /did not arrive whole/,
  });
  await expect(guest.push(102, { content: "x", path: join(dir, "y") })).rejects.toMatchObject({ kind: "not_running" });
  expect(leftBehind()).toEqual([]);
});

test("pull reads the bytes, and a missing file is not an empty one", async () => {
  const content = Buffer.from([1, 0, 2]);
  writeFileSync(join(dir, "inside"), content);
  expect((await guest.pull(101, join(dir, "inside"))).equals(content)).toBe(true);
  await expect(guest.pull(101, join(dir, "absent"))).rejects.toMatchObject({
    kind: "failed",
    message: /failed to open/,
  });
  expect(leftBehind()).toEqual([]);
});

test("set, unlock, status, config and list speak pct's language", async () => {
  await guest.set(101, { features: "nesting=1,keyctl=1", description: "two words" });
  expect(readFileSync(join(dir, "args"), "utf8")).toBe("--features\nnesting=1,keyctl=1\n--description\ntwo words\n");
  await guest.unlock(101);
  expect(await guest.status(101)).toBe("running");
  expect(await guest.config(101)).toMatchObject({
    memory: "512",
    net0: "name=eth0,bridge=vmbr0,hwaddr=BC:24:11:D1:3A:08,ip=dhcp,type=veth",
  });
  expect(await guest.list()).toEqual([
    { vmid: 101, status: "running", name: "ct101" },
    { vmid: 102, status: "stopped", lock: "backup", name: "ct102" },
  ]);
});
