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

function warningsOf(
  change: Partial<ContainerSpec>,
  { cpus = 4, template = testTemplate }: { cpus?: number | null; template?: object } = {},
): string[] {
  const spec = {
    cores: 1,
    memoryMib: 256,
    diskGib: 2,
    storage: "local-lvm",
    bridge: "vmbr0",
    osTemplate: image,
    network: { mode: "dhcp" },
    vmid: null,
    unprivileged: true,
    nesting: true,
    packagesOff: [],
    scriptsOff: [],
    ...change,
  };
  const sight = {
    storages: [],
    network: { bridges: [] },
    images: [{ volid: image }],
    unread: null,
    downloadable: false,
    holder: null,
    likelyVmid: 100,
    cpus,
  };
  const host = { name: "pve", pveName: "pve", token: {}, hasSsh: true };
  // All that these findings look at.
  const what = {
    spec,
    sight: sight as unknown as Sight,
    host,
    template: TemplateDefinition.parse(template),
    promised: {},
    needed: [],
    rights: { effective: {} },
  } as unknown as Considered;
  return findings(what).warnings.map(({ id }) => id);
}

test("a template that downloads is warned of an address without a gateway", () => {
  expect(warningsOf({ network: alone })).toEqual(["network:no-way-out"]);
  expect(warningsOf({ network: { ...alone, gateway: "10.0.0.1" } })).toEqual([]);
  expect(warningsOf({ network: { ...alone, ipv6: { mode: "auto" } } })).toEqual([]);
  expect(warningsOf({ network: alone }, { template: { ...testTemplate, packages: [], scripts: [] } })).toEqual([]);
  expect(warningsOf({ network: alone, packagesOff: ["nginx"], scriptsOff: ["configure"] })).toEqual([]);
});

test("more cores than the node has are warned of, where the token may see how many it has", () => {
  expect(warningsOf({ cores: 8 })).toEqual(["cores"]);
  expect(warningsOf({ cores: 4 })).toEqual([]);
  expect(warningsOf({ cores: 8 }, { cpus: null })).toEqual([]);
});
