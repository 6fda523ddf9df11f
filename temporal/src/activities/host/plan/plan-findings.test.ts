import type { ContainerSpec } from "@homeport/domain/container/container-input";
import { TemplateDefinition } from "@homeport/domain/template/template";
import { expect, test } from "vitest";
import { findings, type Considered } from "./plan-findings";
import type { Sight } from "./plan-sight";

const image = "local:vztmpl/debian-12-standard_12.7-1_amd64.tar.zst";
const testTemplate = {
  name: "web",
  title: "Web",
  summary: "A web server.",
  icon: "globe",
  category: "web",
  os: { family: "debian", version: "12" },
  defaults: { cores: 1, memoryMib: 256, swapMib: 0, diskGib: 2 },
  estimate: { seconds: 10, downloadMib: 1 },
  packages: [{ manager: "apt", name: "nginx" }],
  scripts: [{ name: "configure", title: "Configure it", content: "true\n" }],
};
const alone = { mode: "static", address: "10.0.0.5/24", gateway: "" } as const;

const warningsOf = (...asked: Parameters<typeof found>): string[] => found(...asked).warnings.map(({ id }) => id);
const addressesOf = (...asked: Parameters<typeof found>): string[] =>
  found(...asked).blockers.flatMap(({ id }) => (id.startsWith("address") ? [id] : []));

function found(
  change: Partial<ContainerSpec>,
  { cpus = 4, template = testTemplate }: { cpus?: number | null; template?: object } = {},
): ReturnType<typeof findings> {
  const spec = {
    cores: 1,
    memoryMib: 256,
    diskGib: 2,
    storage: "local-lvm",
    bridge: "vmbr0",
    osTemplate: image,
    network: { mode: "dhcp" },
    vmid: null,
    vlan: null,
    unprivileged: true,
    nesting: true,
    packagesOff: [],
    scriptsOff: [],
    ...change,
  };
  const sight = {
    storages: [],
    network: { bridges: [{ iface: "vmbr0", cidr: "10.0.0.2/24", cidr6: "2001:DB8::2/64" }] },
    images: [{ volid: image }],
    unread: null,
    downloadable: false,
    holder: null,
    likelyVmid: 100,
    cpus,
    memoryBytes: cpus === null ? null : 8 * 1024 ** 3,
  };
  const host = { name: "pve", pveName: "pve", token: {}, hasSsh: true };
  // All that these findings look at.
  const what = {
    spec,
    sight: sight as unknown as Sight,
    host,
    template: TemplateDefinition.parse(template),
    range: { setBy: null },
    promised: {},
    needed: [],
    rights: { effective: {} },
  } as unknown as Considered;
  return findings(what);
}

test("a template that downloads is warned of an address without a gateway", () => {
  expect(warningsOf({ network: alone })).toEqual(["network:no-way-out"]);
  expect(warningsOf({ network: { ...alone, gateway: "10.0.0.1" } })).toEqual([]);
  expect(warningsOf({ network: { ...alone, ipv6: { mode: "auto" } } })).toEqual([]);
  expect(warningsOf({ network: alone }, { template: { ...testTemplate, packages: [], scripts: [] } })).toEqual([]);
  expect(warningsOf({ network: alone, packagesOff: ["nginx"], scriptsOff: ["configure"] })).toEqual([]);
});

test("the node's own address on the bridge is nobody else's, however it is written; on a VLAN it is another network's", () => {
  const at = (address: string) => ({ network: { mode: "static", address, gateway: "10.0.0.1" } as const });
  expect(addressesOf(at("10.0.0.2/16"))).toEqual(["address:10.0.0.2"]);
  expect(addressesOf(at("10.0.0.3/24"))).toEqual([]);
  expect(addressesOf({ ...at("10.0.0.2/24"), vlan: 7 })).toEqual([]);
  const six = { mode: "static", address: "2001:db8:0::2/64", gateway: "" } as const;
  expect(addressesOf({ network: { mode: "dhcp", ipv6: six } })).toEqual(["address:2001:db8::2"]);
});

test("more memory than the node has is warned of, where the token may see how much it has", () => {
  expect(warningsOf({ memoryMib: 8_193 })).toEqual(["memory"]);
  expect(warningsOf({ memoryMib: 8_192 })).toEqual([]);
  expect(warningsOf({ memoryMib: 16_777_216 }, { cpus: null })).toEqual([]);
});

test("more cores than the node has are warned of, where the token may see how many it has", () => {
  expect(warningsOf({ cores: 8 })).toEqual(["cores"]);
  expect(warningsOf({ cores: 4 })).toEqual([]);
  expect(warningsOf({ cores: 8 }, { cpus: null })).toEqual([]);
});
