import { expect, test } from "vitest";
import { CreateBatchInput, expandBatch, type BatchSpec } from "./batch-input";

const base = {
  templateRevisionId: "019aa000-0000-7000-8000-000000000001",
  nodeId: "019aa000-0000-7000-8000-000000000002",
  osTemplate: "local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst",
  cores: 1,
  memoryMib: 512,
  swapMib: 0,
  diskGib: 4,
  storage: "local-lvm",
  bridge: "vmbr0",
  network: { mode: "dhcp" },
} as const;

const parse = (change: Partial<CreateBatchInput>) =>
  CreateBatchInput.safeParse({ ...base, hostnames: "web-{1..3}", ...change });
const names = (hostnames: string, count: number | null = null): string[] =>
  expandBatch(CreateBatchInput.parse({ ...base, hostnames, count })).items.map(({ hostname }) => hostname);
const problems = (change: Partial<CreateBatchInput>): Record<string, string> =>
  Object.fromEntries((parse(change).error?.issues ?? []).map(({ path, message }) => [path.join("."), message]));
const fixed = (addresses: string, gateway = "") => ({ mode: "static" as const, addresses, gateway });
const addressesOf = (input: Partial<CreateBatchInput>): unknown[] =>
  expandBatch(parse(input).data as BatchSpec).items.map(({ network }) => network.mode === "static" && network.address);

test.each([
  ["web-{1..3}", null, ["web-1", "web-2", "web-3"]],
  ["web-{08..10}", null, ["web-08", "web-09", "web-10"]],
  ["web-{8..10}.lab", null, ["web-8.lab", "web-9.lab", "web-10.lab"]],
  ["{db,web,cache}-lab", null, ["db-lab", "web-lab", "cache-lab"]],
  ["web-{n}", 3, ["web-1", "web-2", "web-3"]],
  ["web-{1..3}", 3, ["web-1", "web-2", "web-3"]],
  ["alone", null, ["alone"]],
  ["alone", 1, ["alone"]],
] as const)("%s with the count %s names %j", (hostnames, count, expected) => {
  expect(names(hostnames, count)).toEqual(expected);
});

test.each([
  [{ hostnames: "web-{n}" }, { count: "How many? {n} counts from 1." }],
  [{ hostnames: "web", count: 3 }, { hostnames: "All 3 would be called web. Say where the number goes: web-{n}." }],
  [{ hostnames: "web-{1..3}", count: 5 }, { count: "The pattern makes 3, not 5." }],
  [{ hostnames: "web-{3..1}" }, { hostnames: "{3..1} counts down. Write {1..3}." }],
  [{ hostnames: "web-{1..3}-{1..3}" }, { hostnames: "One pair of braces, such as {01..10}." }],
  [{ hostnames: "web-{1..3" }, { hostnames: "One pair of braces, such as {01..10}." }],
  [{ hostnames: "web-{x}" }, { hostnames: "In the braces: {01..10}, {n}, or a list such as {db,web,cache}." }],
  [{ hostnames: "{web,db,WEB}" }, { hostnames: "WEB comes twice." }],
  [{ hostnames: "web-{1..201}" }, { hostnames: "At most 200 at once; the pattern makes 201." }],
  [{ hostnames: "web-{1..999999999}" }, { hostnames: "At most 200 at once; the pattern makes 999999999." }],
  [{ hostnames: "web-{n}", count: 201 }, { count: "At most 200 at once." }],
  [
    { hostnames: `${"a".repeat(62)}{9..10}` },
    { hostnames: `${"a".repeat(40)}…: Each part between dots has at most 63 characters.` },
  ],
  [
    { hostnames: "web_{1..3}" },
    { hostnames: "web_1: Proxmox takes no underscores in a container's names: letters, digits and hyphens only." },
  ],
  [{ vmidFrom: 999_999_998 }, { vmidFrom: "The last VMID would be 1000000000; a VMID has at most nine digits." }],
  [{ vmidFrom: 99 }, { vmidFrom: "Proxmox reserves ids below 100." }],
] as [Partial<CreateBatchInput>, Record<string, string>][])("%j is refused at its field", (change, expected) => {
  expect(problems(change)).toEqual(expected);
});

test("VMIDs count up from the first, or are left to the node", () => {
  expect(
    expandBatch(CreateBatchInput.parse({ ...base, hostnames: "web-{1..3}", vmidFrom: 200 })).items.map(
      ({ vmid }) => vmid,
    ),
  ).toEqual([200, 201, 202]);
  expect(
    expandBatch(CreateBatchInput.parse({ ...base, hostnames: "web-{1..2}" })).items.map(({ vmid }) => vmid),
  ).toEqual([null, null]);
});

test("addresses come from a range, or count up over the byte's end within their network", () => {
  expect(addressesOf({ network: fixed("10.0.0.{20..22}/24") })).toEqual([
    "10.0.0.20/24",
    "10.0.0.21/24",
    "10.0.0.22/24",
  ]);
  expect(addressesOf({ network: fixed("10.0.0.254/16", "10.0.0.1") })).toEqual([
    "10.0.0.254/16",
    "10.0.0.255/16",
    "10.0.1.0/16",
  ]);
  expect(addressesOf({ network: fixed("203.0.113.{5,9,77}/32", "172.31.1.1") })).toEqual([
    "203.0.113.5/32",
    "203.0.113.9/32",
    "203.0.113.77/32",
  ]);
  expect(addressesOf({ hostnames: "p-{1..2}", network: fixed("10.0.0.0/31") })).toEqual(["10.0.0.0/31", "10.0.0.1/31"]);
});

test.each([
  ["10.0.0.{20..29}/24", "", { "network.addresses": "10 addresses for 3 containers." }],
  ["10.0.0.253/24", "", { "network.addresses": "10.0.0.255 is the broadcast address of the network." }],
  ["10.0.0.0/24", "", { "network.addresses": "10.0.0.0 is the address of the network itself." }],
  ["10.0.0.254/24", "", { "network.addresses": "10.0.0.255 is the broadcast address of the network." }],
  ["10.0.0.6/29", "", { "network.addresses": "10.0.0.7 is the broadcast address of the network." }],
  ["10.0.{0..2}.5/24", "", { "network.addresses": "10.0.1.5 leaves the network of 10.0.0.5/24." }],
  ["10.0.0.{20..22}/24", "10.0.0.21", { "network.addresses": "10.0.0.21 is the gateway." }],
  [
    "10.0.0.{20..22}/24",
    "10.0.1.1",
    {
      "network.gateway":
        "The gateway is not in the network of 10.0.0.20/24. If that is how it is meant, as with some hosters, give the address as /32.",
    },
  ],
  [
    "10.0.0.{254..256}/24",
    "",
    { "network.addresses": "10.0.0.256 is no IPv4 address. It is written like 192.168.1.20/24." },
  ],
  [
    "10.0.0.{n}/24",
    "",
    { "network.addresses": "Write the first address, which counts up, or a range such as 10.0.0.{20..29}/24." },
  ],
  ["239.255.255.255/1", "", { "network.addresses": "Proxmox takes prefixes from /8; /1 is larger than any network." }],
  ["255.255.255.254/32", "", { "network.addresses": "The addresses run past the last IPv4 address." }],
  [
    "127.0.0.{5..7}/8",
    "",
    { "network.addresses": "127.0.0.5 is a loopback address: nothing outside the container could reach it." },
  ],
  ["10.0.0.{5,6,5}/24", "", { "network.addresses": "10.0.0.5 comes twice." }],
])("%s through %s is refused", (addresses, gateway, expected) => {
  expect(problems({ network: fixed(addresses, gateway) })).toEqual(expected);
});

test("IPv6 comes from the router, by DHCP, or by pattern and by counting up as IPv4 does, alone or beside it", () => {
  const six = (network: CreateBatchInput["network"]): unknown[] =>
    expandBatch(parse({ network }).data as BatchSpec).items.map((item) => item.network.ipv6);
  expect(six({ mode: "dhcp", ipv6: { mode: "auto" } })).toEqual(Array(3).fill({ mode: "auto" }));
  expect(six({ mode: "none", ipv6: { mode: "static", addresses: "2001:db8::ffff/64", gateway: "fe80::1" } })).toEqual(
    ["2001:db8::ffff", "2001:db8::1:0", "2001:db8::1:1"].map((ip) => ({
      mode: "static",
      address: `${ip}/64`,
      gateway: "fe80::1",
    })),
  );
  expect(six({ mode: "dhcp", ipv6: { mode: "static", addresses: "2001:DB8::{1,a,b}/64", gateway: "" } })).toHaveLength(
    3,
  );
});

test.each([
  [
    { mode: "none" },
    { "network.mode": "Without an IPv4 and an IPv6 address nothing could reach them. Choose at least one." },
  ],
  [
    { mode: "dhcp", ipv6: { mode: "static", addresses: "", gateway: "" } },
    { "network.ipv6.addresses": "An address is needed, such as 2001:db8::{20..29}/64." },
  ],
  [
    { mode: "dhcp", ipv6: { mode: "static", addresses: "2001:db8::{1,01,3}/64", gateway: "" } },
    { "network.ipv6.addresses": "2001:db8::1 comes twice." },
  ],
  [
    { mode: "dhcp", ipv6: { mode: "static", addresses: "2001:db8:{0..2}::5/64", gateway: "" } },
    { "network.ipv6.addresses": "2001:db8:1::5 leaves the network of 2001:db8::5/64." },
  ],
  [
    { mode: "dhcp", ipv6: { mode: "static", addresses: "10.0.0.{1..3}/24", gateway: "" } },
    {
      "network.ipv6.addresses":
        "10.0.0.1 is an IPv4 address; here goes an IPv6 address. It is written like 2001:db8::20/64.",
    },
  ],
  [
    { mode: "dhcp", ipv6: { mode: "static", addresses: "2001:db8::5/64", gateway: "2001:db8:9::1" } },
    {
      "network.ipv6.gateway":
        "The gateway is not in the network of 2001:db8::5/64. If that is how it is meant, as with some hosters, give the address as /128.",
    },
  ],
] as [CreateBatchInput["network"], Record<string, string>][])("%j is refused", (network, expected) => {
  expect(problems({ network })).toEqual(expected);
});
