import { expect, test } from "vitest";
import { CreateContainerInput } from "./container-input";
import { StoredSpec } from "../stored/spec";

const good: CreateContainerInput = {
  templateRevisionId: "01890a5d-ac96-774b-bcce-b302099a8057",
  nodeId: "01890a5d-ac96-774b-bcce-b302099a8058",
  hostname: "web-1",
  osTemplate: "local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst",
  cores: 1,
  memoryMib: 512,
  swapMib: 0,
  diskGib: 4,
  storage: "local-lvm",
  bridge: "vmbr0",
  network: { mode: "dhcp" },
};
const problems = (change: Record<string, unknown>) => {
  const result = CreateContainerInput.safeParse({ ...good, ...change });
  return result.success ? [] : result.error.issues.map((issue) => issue.path.join("."));
};

test("what the wizard sends by default is accepted, and the rest has sensible defaults", () => {
  expect(CreateContainerInput.parse(good)).toMatchObject({
    vmid: null,
    unprivileged: true,
    nesting: true,
    startOnBoot: true,
    tags: [],
  });
});

test.each([
  [{ hostname: "under_score" }, "hostname"],
  [{ hostname: "-web" }, "hostname"],
  [{ hostname: "web." }, "hostname"],
  [{ hostname: "a".repeat(64) }, "hostname"],
  [{ vmid: 99 }, "vmid"],
  [{ vmid: 1_000_000_000 }, "vmid"],
  [{ memoryMib: 15 }, "memoryMib"],
  [{ cores: 0 }, "cores"],
  [{ cores: 1.5 }, "cores"],
  [{ osTemplate: "/etc/passwd" }, "osTemplate"],
  [{ osTemplate: "local:backup/x.tar" }, "osTemplate"],
  [{ bridge: "vmbr0,firewall=0" }, "bridge"],
  [{ storage: "local:8,mountoptions=x" }, "storage"],
  [{ nameservers: ["1.1.1.1", "dns.lan"] }, "nameservers.1"],
  [{ tags: ["homeport-0123456789ab"] }, "tags.0"],
  [{ tags: ["a;b"] }, "tags.0"],
  [{ sshPublicKey: "# my key" }, "sshPublicKey"],
  [{ searchDomain: "lab.example under_score" }, "searchDomain"],
  [{ nameservers: ["fe80::1"] }, "nameservers.0"],
  [{ nameservers: ["224.0.0.1"] }, "nameservers.0"],
  [{ network: { mode: "none" } }, "network.mode"],
  [{ network: { mode: "dhcp", ipv6: { mode: "static", address: "2001:db8::/64" } } }, "network.ipv6.address"],
  [{ network: { mode: "static", address: "10.0.0.5" } }, "network.address"],
  [{ network: { mode: "static", address: "10.0.0.5/24", gateway: "10.0.1.1" } }, "network.gateway"],
  [{ unknown: 1 }, ""],
])("%j is refused at %s", (change, path) => {
  expect(problems(change)).toContain(path);
});

test.each([
  { hostname: "Web1.lab.example" },
  { network: { mode: "static", address: "10.0.0.5/24", gateway: "10.0.0.1" } },
  { swapMib: 0 },
  { tags: ["Prod"] },
  { nameservers: ["2606:4700:4700::1111", "127.0.0.1"] },
  { searchDomain: "lab.example., lan;corp.example" },
  { network: { mode: "none", ipv6: { mode: "auto" } } },
])("%j is accepted", (change) => {
  expect(problems(change)).toEqual([]);
});

test("search domains are kept with one blank between them, whatever stood there", () => {
  expect(CreateContainerInput.parse({ ...good, searchDomain: " lab.example., lan;\tcorp.example " }).searchDomain).toBe(
    "lab.example lan corp.example",
  );
});

test("what an older rule let in can still be read back", () => {
  const old = {
    ...good,
    vmid: null,
    network: { mode: "static", address: "127.0.0.1/4", gateway: "127.0.0.1" },
    sshPublicKey: "ssh-ed25519 AAAA",
    hostname: "under_score",
  };
  expect(CreateContainerInput.safeParse(old).success).toBe(false);
  expect(StoredSpec.parse(old)).toMatchObject(old);
});

test.each([
  ["packagesOff", ["a\nb"]],
  ["packagesOff", ["a".repeat(101)]],
  ["scriptsOff", Array.from({ length: 201 }, (_, index) => `s${index}`)],
  ["scriptsOff", ["a\u202eb"]],
  ["storage", "a".repeat(101)],
  ["tags", ["a".repeat(101)]],
])("%s has a limit, and nothing in it that a name has not", (field, value) => {
  expect(problems({ [field]: value }).map((path) => path.split(".")[0])).toEqual([field]);
});
