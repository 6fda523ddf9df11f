// For tests: one real container, driven with the guest runner exactly as the product drives it.
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import {
  type Channel,
  discoverArgv,
  type Enter,
  envText,
  followArgv,
  helpers,
  HELPERS_PATH,
  installArgv,
  openChannel,
  parseDiscovery,
  parseFollow,
  parseReady,
  putArgv,
  readyArgv,
  runner,
  RUNNER_PATH,
  sha256,
  startArgv,
  unitPaths,
  type PutFile,
} from "@homeport/guest";
import type { GuestSpec, LabHost } from "../host";
import { createLxcHost } from "./lxc-host";

const env = { HOME: "/root", PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", LANG: "C.UTF-8" };

/** A host of its own in a new directory; `close` ends and removes all that it made. */
export async function openTestHost(
  log: (line: string) => void = () => undefined,
): Promise<{ host: LabHost; close: () => Promise<void> }> {
  const directory = mkdtempSync(join(tmpdir(), "homeport-lxc-"));
  const host = createLxcHost({ directory });
  await host.prepare?.(log);
  return {
    host,
    async close() {
      for (const vmid of await host.guests()) await host.destroy(vmid);
      await host.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A small Debian with an address by DHCP. */
export async function testSpec(host: LabHost, vmid: number, changes: Partial<GuestSpec> = {}): Promise<GuestSpec> {
  const [os] = await host.templates();
  if (os === undefined) throw new Error("the host offers no OS template");
  const hwaddr =
    `BC:24:11:00:${(vmid >> 8).toString(16).padStart(2, "0")}:${(vmid & 255).toString(16).padStart(2, "0")}`.toUpperCase();
  return {
    vmid,
    hostname: `guest-${vmid}`,
    template: os.file,
    cores: 1,
    memoryMib: 512,
    swapMib: 0,
    diskGib: 4,
    unprivileged: true,
    nesting: true,
    network: { bridge: "vmbr0", hwaddr, ip: "dhcp" },
    ...changes,
  };
}

export function inGuest(host: LabHost, vmid: number) {
  async function exec(
    argv: readonly string[],
    stdin: string | Buffer = "",
  ): Promise<{ code: number; stdout: Buffer; stderr: string }> {
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    const code = await host.exec(vmid, argv, {
      stdin: Readable.from([Buffer.from(stdin)]),
      env,
      signal: new AbortController().signal,
      stdout: (bytes) => void stdout.push(bytes),
      stderr: (bytes) => void stderr.push(bytes),
    });
    return { code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() };
  }

  const enter: Enter = async (argv, { stdin, onStdout, onStderr, signal }) => ({
    code: await host.exec(vmid, argv, { stdin, env, signal, stdout: onStdout, stderr: onStderr }),
    stderr: "",
  });
  let channel: Channel | undefined;

  /** Output of a command that must succeed, through the guest's channel. */
  async function must(argv: readonly string[], stdin: string | Buffer = ""): Promise<Buffer> {
    if (channel?.isOpen !== true) channel = openChannel(enter);
    const { code, stdout, stderr } = await channel.request(argv, { stdin });
    if (code !== 0) throw new Error(`${argv.join(" ")} exited ${code}: ${stderr}`);
    return stdout;
  }

  async function install(): Promise<{ system: string; address: string }> {
    for (const [path, text] of [
      [RUNNER_PATH, runner],
      [HELPERS_PATH, helpers],
    ] as const)
      await must(installArgv(path, sha256(text)), text);
    const { system, address } = parseReady(await must(readyArgv(60)));
    const [first] = address;
    if (first === undefined) throw new Error(`the guest is ${system} and has no address`);
    return { system, address: first };
  }

  async function put(file: Omit<PutFile, "sha256">, content: string): Promise<string> {
    return (await must(putArgv({ ...file, sha256: sha256(content) }), content)).toString().trim();
  }

  /** A script as a unit of its own, followed to its end by offsets. */
  async function runUnit(unit: string, script: string, variables: Record<string, string> = {}) {
    const mine = { mode: "0600", owner: "root:root", policy: "REPLACE" } as const;
    await put({ target: unitPaths(unit).script, ...mine }, script);
    await put({ target: unitPaths(unit).env, ...mine }, envText(variables));
    await must(startArgv(unit));
    const output: Buffer[] = [];
    for (let offset = 0; ;) {
      const seen = parseFollow(await must(followArgv(unit, { offset, maxBytes: 1_048_576, waitSeconds: 20 })));
      output.push(seen.bytes);
      offset += seen.bytes.length;
      if (seen.state !== "running" && offset >= seen.size)
        return { state: seen.state, exit: seen.exit, output: Buffer.concat(output).toString() };
    }
  }

  const discover = async () => parseDiscovery(await must(discoverArgv()));
  return { exec, must, install, put, runUnit, discover };
}
