// The lab as the launcher runs it: one ready line, and everything still there after a kill -9.

import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectProxmox } from "@homeport/proxmox";
import { afterEach, beforeEach, expect, test } from "vitest";
import { guestParams, eventually } from "./test-lab";

interface Ready {
  event: string;
  host: string;
  port: number;
  sshPort: number;
  fingerprint: string;
  hostKey: string;
  tokenId: string;
  tokenSecretFile: string;
  sshPasswordFile: string;
  backend: string;
  version: string;
}

const main = join(import.meta.dirname, "main.ts");
let stateDir: string;
let child: ChildProcess | undefined;
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), "homeport-lab-"));
});
afterEach(async () => {
  await end("SIGTERM");
  rmSync(stateDir, { recursive: true, force: true });
});

function begin(): Promise<Ready> {
  const argv = [
    "--import",
    "tsx",
    main,
    "--backend=memory",
    `--state=${stateDir}`,
    "--port=0",
    "--ssh-port=0",
    "--resources-lag-ms=0",
  ];
  const started = spawn(process.execPath, argv, { cwd: import.meta.dirname, stdio: ["ignore", "pipe", "inherit"] });
  child = started;
  return new Promise((resolve, reject) => {
    let text = "";
    started.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes("\n")) resolve(JSON.parse(text.slice(0, text.indexOf("\n"))) as Ready); // main.ts writes it
    });
    started.once("exit", (code) => reject(new Error(`the lab ended with ${code}`)));
  });
}

async function end(signal: NodeJS.Signals): Promise<void> {
  const running = child;
  child = undefined;
  if (running === undefined || running.exitCode !== null) return;
  const exited = new Promise((resolve) => running.once("exit", resolve));
  running.kill(signal);
  await exited;
}

test("it says how to reach it, with secrets in files that only their owner reads", async () => {
  const ready = await begin();
  expect(ready).toMatchObject({
    event: "ready",
    host: "127.0.0.1",
    tokenId: "root@pam!homeport",
    backend: "memory",
    version: "9.2",
  });
  expect(ready.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  expect(ready.hostKey).toMatch(/^SHA256:[\w+/]{43}$/);
  for (const file of [ready.tokenSecretFile, ready.sshPasswordFile]) expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("after a kill -9 the keys and guests are the same, and a create under way is dead with its lock", async () => {
  const before = await begin();
  const secret = readFileSync(before.tokenSecretFile, "utf8");
  const client = (ready: Ready) => connectProxmox({ ...ready, tokenSecret: secret });
  const proxmox = client(before);
  await proxmox.createLxc("pve", guestParams(100));
  await eventually(async () => (await proxmox.tasks("pve"))[0]?.status === "OK");
  const upid = await proxmox.createLxc("pve", guestParams(101, { hostname: "slow-create" }));
  await end("SIGKILL");
  await proxmox.close();

  const after = await begin();
  expect([after.fingerprint, after.hostKey, readFileSync(after.tokenSecretFile, "utf8")]).toEqual([
    before.fingerprint,
    before.hostKey,
    secret,
  ]);
  const again = client(after);
  expect((await again.lxcConfig("pve", 100))["hostname"]).toBe("guest-100");
  expect(await again.taskStatus(upid)).toMatchObject({ status: "stopped", exitstatus: "unexpected status" });
  expect(await again.lxcConfig("pve", 101)).toMatchObject({ lock: "create" });
  await again.close();
});
