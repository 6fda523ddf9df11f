// The network of one lab: a bridge of its own, DHCP and DNS on it only, and NAT to where the machine itself can go.
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { run, tryRun } from "./run";

export interface LabNetwork {
  bridge: string;
  /** The host's address on the bridge, gateway and name server of the guests. */
  gateway: string;
  /** Largest packet that the way out carries. */
  mtu: number;
  /** Unique among all labs of this machine, at most 15 characters. */
  vethOf(vmid: number): string;
  /** Ends DHCP and DNS; removes bridge and rules too when no guest needs them. */
  close(guestsRun: boolean): Promise<void>;
}

const Chosen = z.object({ subnet: z.int().min(0).max(254) });

/** Makes or takes over the lab's network. `directory` remembers which subnet it has, so that guests keep their addresses. */
export async function ensureNetwork(directory: string): Promise<LabNetwork> {
  const subnet = await claimSubnet(directory);
  const bridge = `hplab${subnet}`;
  const gateway = `10.77.${subnet}.1`;
  const range = `10.77.${subnet}.0/24`;
  await run(["ip", "addr", "replace", `${gateway}/24`, "dev", bridge]);
  await run(["ip", "link", "set", bridge, "type", "bridge", "stp_state", "0", "forward_delay", "0"]);
  await run(["ip", "link", "set", bridge, "up"]);
  await writeFile("/proc/sys/net/ipv4/ip_forward", "1\n");
  const rules = natRules(bridge, range);
  for (const rule of rules) await addRule(rule);
  const pidFile = join(directory, "dnsmasq.pid");
  await endDnsmasq(pidFile);
  await startDnsmasq({ directory, bridge, subnet, pidFile });
  return {
    bridge,
    gateway,
    mtu: await mtuOut(),
    vethOf: (vmid) => `hp${subnet}v${vmid}`,
    async close(guestsRun) {
      await endDnsmasq(pidFile);
      if (guestsRun) return;
      for (const rule of rules) await tryRun(["iptables", "-w", ...rule.table, "-D", ...rule.rule]);
      await tryRun(["ip", "link", "del", bridge]);
    },
  };
}

/** A bridge's alias says whose it is; a name that is taken by another lab is stepped over. */
async function claimSubnet(directory: string): Promise<number> {
  const file = join(directory, "network.json");
  const mine = `homeport ${directory}`;
  const remembered = existsSync(file) ? Chosen.parse(JSON.parse(await readFile(file, "utf8"))).subnet : undefined;
  const candidates = [
    ...(remembered === undefined ? [] : [remembered]),
    ...Array.from({ length: 255 }, (_, subnet) => subnet),
  ];
  for (const subnet of candidates) {
    const bridge = `hplab${subnet}`;
    const alias = await readFile(`/sys/class/net/${bridge}/ifalias`, "utf8").catch(() => undefined);
    if (alias?.trim() === mine) return remember(subnet);
    if (alias !== undefined || (await routed(`10.77.${subnet}.0/24`))) continue;
    const made = await tryRun(["ip", "link", "add", bridge, "type", "bridge"]);
    if (made.code !== 0) {
      if (made.stderr.includes("File exists")) continue;
      throw new Error(`cannot make a bridge: ${made.stderr.trim()}`);
    }
    await run(["ip", "link", "set", bridge, "alias", mine]);
    return remember(subnet);
  }
  throw new Error("no free network in 10.77.0.0/16");

  async function remember(subnet: number): Promise<number> {
    await writeFile(file, JSON.stringify({ subnet }));
    return subnet;
  }
}

async function routed(range: string): Promise<boolean> {
  return (await run(["ip", "route", "show", "root", range])).trim() !== "";
}

interface Rule {
  table: string[];
  rule: string[];
}

function natRules(bridge: string, range: string): Rule[] {
  const nat = ["-t", "nat"];
  return [
    { table: nat, rule: ["POSTROUTING", "-s", range, "!", "-d", range, "-j", "MASQUERADE"] },
    // Hosts that run a firewall or Docker drop what is forwarded or comes in unless told.
    { table: [], rule: ["FORWARD", "-i", bridge, "-j", "ACCEPT"] },
    { table: [], rule: ["FORWARD", "-o", bridge, "-j", "ACCEPT"] },
    { table: [], rule: ["INPUT", "-i", bridge, "-p", "udp", "-m", "multiport", "--dports", "53,67", "-j", "ACCEPT"] },
    { table: [], rule: ["INPUT", "-i", bridge, "-p", "tcp", "--dport", "53", "-j", "ACCEPT"] },
  ];
}

async function addRule({ table, rule }: Rule): Promise<void> {
  if ((await tryRun(["iptables", "-w", ...table, "-C", ...rule])).code === 0) return;
  await run(["iptables", "-w", ...table, "-I", ...rule]);
}

async function mtuOut(): Promise<number> {
  const device = /\bdev (\S+)/.exec(await run(["ip", "route", "show", "default"]))?.[1];
  if (device === undefined) return 1500;
  return Math.min(1500, Number(await readFile(`/sys/class/net/${device}/mtu`, "utf8")));
}

async function startDnsmasq(at: { directory: string; bridge: string; subnet: number; pidFile: string }): Promise<void> {
  const { directory, bridge, subnet, pidFile } = at;
  await run([
    "dnsmasq",
    "--conf-file=/dev/null",
    "--no-hosts",
    "--bind-interfaces",
    `--interface=${bridge}`,
    "--except-interface=lo",
    `--dhcp-range=10.77.${subnet}.100,10.77.${subnet}.250,255.255.255.0,12h`,
    "--dhcp-authoritative",
    "--no-ping",
    `--dhcp-leasefile=${join(directory, "leases")}`,
    `--pid-file=${pidFile}`,
    "--user=root",
    "--group=root",
    "--log-facility=" + join(directory, "dnsmasq.log"),
  ]);
}

/** Ends the dnsmasq of this lab: the pid file's process, if its arguments name that very file. */
async function endDnsmasq(pidFile: string): Promise<void> {
  const pid = Number(await readFile(pidFile, "utf8").catch(() => "0"));
  if (pid > 0 && (await isOurs(pid))) {
    process.kill(pid, "SIGTERM");
    const until = Date.now() + 5_000;
    while ((await isOurs(pid)) && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await rm(pidFile, { force: true });

  async function isOurs(candidate: number): Promise<boolean> {
    const argv = await readFile(`/proc/${candidate}/cmdline`, "utf8").catch(() => "");
    return argv.split("\0").includes(`--pid-file=${pidFile}`);
  }
}
