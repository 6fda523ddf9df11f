// /nodes and what a node says about itself.

import { X509Certificate } from "node:crypto";
import { demand, has, hasBridge } from "../../access/permissions";
import type { Core } from "../../core";
import { node } from "../../schema/lxc";
import type { Endpoint } from "../endpoint";

const gib = 1024 ** 3;
const rootTotal = 94 * gib;
const rootUsed = Math.round(7.4 * gib);

function uptimeS(core: Core): number {
  return Math.max(0, Math.floor((core.clock.now() - core.facts.bootedAt()) / 1000));
}

export function nodeRow(core: Core, audit: boolean) {
  const { facts } = core;
  const row = { id: `node/${facts.name}`, node: facts.name, type: "node", status: "online", level: "" };
  if (!audit) return row;
  return {
    ...row,
    // Of the whole machine: never more than 1, however long the line of those who wait is.
    cpu: Math.min(1, facts.load()[0] / facts.cpus),
    maxcpu: facts.cpus,
    mem: facts.usedMemBytes(),
    maxmem: facts.memBytes,
    disk: rootUsed,
    maxdisk: rootTotal,
    uptime: uptimeS(core),
  };
}

const networks = [
  {
    iface: "vmbr0",
    type: "bridge",
    method: "static",
    method6: "manual",
    families: ["inet"],
    active: 1,
    autostart: 1,
    priority: 4,
    bridge_ports: "",
    bridge_stp: "off",
    bridge_fd: "0",
  },
  {
    iface: "eth0",
    type: "eth",
    method: "manual",
    method6: "manual",
    families: ["inet"],
    active: 1,
    exists: 1,
    priority: 3,
  },
];

export const nodeEndpoints: Endpoint[] = [
  {
    method: "GET",
    path: "/nodes",
    schema: {},
    handle: ({ core, actor }) => [
      {
        ...nodeRow(core, has({ access: core.access, actor }, `/nodes/${core.facts.name}`, "Sys.Audit")),
        ssl_fingerprint: core.fingerprint(),
      },
    ],
  },
  {
    method: "GET",
    path: "/nodes/{node}/status",
    schema: { node },
    allow: ({ core, actor }, path) => demand({ access: core.access, actor }, `/nodes/${path["node"]}`, "Sys.Audit"),
    handle: ({ core }) => nodeStatus(core),
  },
  {
    method: "GET",
    path: "/nodes/{node}/time",
    schema: { node },
    allow: ({ core, actor }, path) => demand({ access: core.access, actor }, `/nodes/${path["node"]}`, "Sys.Audit"),
    handle: ({ core }) => {
      const time = Math.floor(core.clock.now() / 1000);
      return { timezone: "Etc/UTC", time, localtime: time };
    },
  },
  {
    method: "GET",
    path: "/nodes/{node}/network",
    schema: { node, type: { type: "string", optional: true } },
    handle({ core, actor, params }) {
      const type = params["type"];
      const bridges = type === "any_bridge" || type === "any_local_bridge" ? "bridge" : type;
      const own = networks
        .filter((iface) => bridges === undefined || iface.type === bridges)
        .filter(
          (iface) =>
            iface.type !== "bridge" ||
            hasBridge({ access: core.access, actor }, { zone: "localnetwork", bridge: iface.iface }, [
              "SDN.Audit",
              "SDN.Use",
            ]),
        )
        .map((iface) =>
          iface.type === "bridge" ? { ...iface, address: "10.77.0.1", netmask: "24", cidr: "10.77.0.1/24" } : iface,
        );
      if (type !== "any_bridge") return own;
      const vnets = core.vnets
        .list()
        .filter(({ vnet, zone }) =>
          hasBridge({ access: core.access, actor }, { zone, bridge: vnet }, ["SDN.Audit", "SDN.Use"]),
        );
      return [...own, ...vnets.map(({ vnet }) => ({ iface: vnet, type: "vnet", active: "1", ipam: 0, vlanaware: 0 }))];
    },
  },
  {
    method: "GET",
    path: "/nodes/{node}/certificates/info",
    schema: { node },
    handle: ({ core }) => [certificateInfo(core)],
  },
];

function nodeStatus(core: Core) {
  const { facts, release } = core;
  const used = facts.usedMemBytes();
  const memory = { total: facts.memBytes, used, free: facts.memBytes - used };
  const cpuinfo = {
    cpus: facts.cpus,
    cores: facts.cpus,
    sockets: 1,
    model: "Homeport lab",
    mhz: "2600.000",
    user_hz: 100,
    hvm: "1",
    flags: "",
  };
  return {
    kversion: "Linux 6.14.11-4-pve #1 SMP PREEMPT_DYNAMIC",
    "current-kernel": {
      sysname: "Linux",
      release: "6.14.11-4-pve",
      version: "#1 SMP PREEMPT_DYNAMIC",
      machine: "x86_64",
    },
    "boot-info": { mode: "efi", secureboot: 0 },
    pveversion: `pve-manager/${release.version}/${release.repoid}`,
    cpuinfo: release.hasPressure ? { ...cpuinfo, vendor: "GenuineIntel", family: "6" } : cpuinfo,
    memory: release.hasPressure ? { ...memory, available: memory.free } : memory,
    swap: { total: 0, used: 0, free: 0 },
    rootfs: { total: rootTotal, used: rootUsed, free: rootTotal - rootUsed, avail: rootTotal - rootUsed },
    ksm: { shared: 0 },
    loadavg: facts.load().map((value) => value.toFixed(2)),
    // Of the whole machine: never more than 1, however long the line of those who wait is.
    cpu: Math.min(1, facts.load()[0] / facts.cpus),
    wait: 0,
    idle: 0,
    uptime: uptimeS(core),
  };
}

function certificateInfo(core: Core) {
  const pem = core.certificatePem();
  const certificate = new X509Certificate(pem);
  return {
    filename: "pve-ssl.pem",
    fingerprint: core.fingerprint(),
    subject: certificate.subject.replaceAll("\n", ","),
    issuer: certificate.issuer.replaceAll("\n", ","),
    notbefore: Math.floor(Date.parse(certificate.validFrom) / 1000),
    notafter: Math.floor(Date.parse(certificate.validTo) / 1000),
    san: (certificate.subjectAltName ?? "").split(", ").map((name) => name.replace(/^(DNS|IP Address):/, "")),
    "public-key-type": "id-ecPublicKey",
    "public-key-bits": 256,
    pem,
  };
}
