import { expect, test } from "vitest";
import { emptyDraft } from "@/features/container-form";
import { batchProblems, freePattern, preview, toBatchInput } from "./batch-draft";

const draft = {
  ...emptyDraft,
  templateName: "nginx",
  templateRevisionId: "019aa000-0000-7000-8000-000000000001",
  nodeId: "019aa000-0000-7000-8000-000000000002",
  hostname: "web-{1..3}",
  osTemplate: "local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst",
  storage: "local-lvm",
  bridge: "vmbr0",
};
const none = { held: [], refused: {} };

test("a whole draft has no problem, and is what the API takes", () => {
  expect(batchProblems(draft, "")).toEqual({});
  expect(
    toBatchInput({ ...draft, networkMode: "static", address: "10.0.0.{5..7}/24", vmid: "200" }, "3"),
  ).toMatchObject({
    hostnames: "web-{1..3}",
    count: 3,
    vmidFrom: 200,
    network: { mode: "static", addresses: "10.0.0.{5..7}/24", gateway: "" },
  });
});

test("each problem is reported at the field that was typed", () => {
  expect(Object.keys(batchProblems({ ...draft, vmid: "x", cores: "many" }, "three")).sort()).toEqual([
    "cores",
    "count",
    "vmid",
  ]);
  expect(Object.keys(batchProblems({ ...draft, hostname: "web-{1..3", templateRevisionId: "" }, ""))).toEqual([
    "templateRevisionId",
    "hostname",
  ]);
  expect(batchProblems({ ...draft, ipv6Mode: "static", ipv6Address: "2001:db8::/64" }, "")).toEqual({
    ipv6Address: "2001:db8:: is the address of the network itself.",
  });
  expect(batchProblems({ ...draft, networkMode: "none" }, "")).toEqual({
    networkMode: "Without an IPv4 and an IPv6 address nothing could reach them. Choose at least one.",
  });
  expect(batchProblems({ ...draft, networkMode: "static", address: "10.0.0.254/24" }, "")).toEqual({
    address: "10.0.0.255 is the broadcast address of the network.",
  });
});

test("the preview spells out what will be made, and what is held already", () => {
  const held = [{ hostname: "WEB-2", vmid: 7, lan: null }];
  expect(
    preview(draft, "", { held, refused: { "items.2.vmid": "Taken." } }).map(({ hostname, problem }) => [
      hostname,
      problem,
    ]),
  ).toEqual([
    ["web-1", undefined],
    ["web-2", "This node has a container of this name."],
    ["web-3", "Taken."],
  ]);
  expect(preview(draft, "", none).some(({ undecided }) => undecided)).toBe(false);
});

test("an address that a container on the same bridge holds is refused in its row", () => {
  const held = [
    {
      hostname: "db",
      vmid: 7,
      lan: { bridge: "vmbr0", vlan: null, addresses: ["10.0.0.6", "2001:db8::7"] },
    },
  ];
  const fixed = {
    ...draft,
    networkMode: "static" as const,
    address: "10.0.0.{5..7}/24",
    ipv6Mode: "static" as const,
    ipv6Address: "2001:db8::{5..7}/64",
  };
  expect(preview(fixed, "", { held, refused: {} }).map(({ problem }) => problem)).toEqual([
    undefined,
    "10.0.0.6 is the address of db.",
    "2001:db8::7 is the address of db.",
  ]);
  expect(preview({ ...fixed, bridge: "vmbr1" }, "", { held, refused: {} }).map(({ problem }) => problem)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test("names are shown while the addresses or other fields are still wrong, and nothing while the names are", () => {
  expect(
    preview({ ...draft, cores: "", networkMode: "static", address: "10.0" }, "", none).map(
      ({ hostname, undecided }) => [hostname, undecided],
    ),
  ).toEqual([
    ["web-1", true],
    ["web-2", true],
    ["web-3", true],
  ]);
  expect(preview({ ...draft, hostname: "web-{3..1}" }, "", none)).toEqual([]);
  expect(preview({ ...draft, vmid: "x" }, "", none)).toEqual([]);
});

test("the proposed names are free", () => {
  expect(freePattern("nginx", [])).toBe("nginx-{1..3}");
  expect(freePattern("nginx", ["NGINX-2"])).toBe("nginx-{3..5}");
});
