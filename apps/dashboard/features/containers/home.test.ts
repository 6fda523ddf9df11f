import { expect, test } from "vitest";
import { countStates, filterContainers, readFilter } from "./list/filter-containers";
import { formatAge, formatBytes, formatShare, formatUsed } from "../../lib/format/bytes";
import { needsMe } from "./list/needs-me";

const container = (hostname: string, state: "running" | "stopped", node = "n1") => ({
  hostname,
  vmid: 101,
  address: "10.0.0.5",
  state,
  node: { id: node, name: node, state: "online" as const },
  template: { name: "nginx", title: "nginx", icon: "globe", revision: 1 },
  services: [{ name: "web", kind: "http", port: 80, path: null, url: null }],
});
const all = [container("shop", "running"), container("mail", "stopped"), container("wiki", "running", "n2")];
const shown = (query: string) =>
  filterContainers(all, readFilter(new URLSearchParams(query))).map(({ hostname }) => hostname);

test("the URL filters by state, node and words in any order", () => {
  expect(shown("")).toEqual(["shop", "mail", "wiki"]);
  expect(shown("state=running")).toEqual(["shop", "wiki"]);
  expect(shown("state=running&node=n2")).toEqual(["wiki"]);
  expect(shown("q=NGINX+sho")).toEqual(["shop"]);
  expect(shown("q=10.0.0")).toHaveLength(3);
  expect(shown("state=nonsense")).toHaveLength(3);
});

test("only states that somebody is in are counted", () => {
  expect(countStates(all)).toEqual([
    { state: "running", count: 2 },
    { state: "stopped", count: 1 },
  ]);
});

test("what needs me: failed steps first, then nodes that are not well; nothing otherwise", () => {
  const run = {
    id: "r1",
    kind: "provision" as const,
    state: "awaiting_decision" as const,
    waitingFor: null,
    step: { title: "Start it", position: 3, total: 8 },
  };
  const node = (state: "online" | "key_changed" | "needs_attention", probing = false) => ({
    id: state,
    name: "pve",
    state,
    stateReason: null,
    probing,
  });
  const needs = needsMe(
    [
      { id: "c1", hostname: "shop", vmid: 104, state: "waiting", activeRun: run },
      { id: "c2", hostname: "mail", vmid: 105, state: "replaced", activeRun: null },
      { id: "c3", hostname: "well", vmid: 106, state: "running", activeRun: null },
    ],
    [node("online"), node("key_changed"), node("needs_attention", true)],
  );
  expect(needs.map(({ href }) => href)).toEqual(["/runs/r1", "/containers/c2", "/nodes/key_changed"]);
  expect(needs[1]?.text).toBe("mail: VMID 105 belongs to another guest now.");
  expect(
    needsMe(
      [],
      [
        {
          ...node("online"),
          state: "unreachable" as const,
          stateReason: { why: "unreachable" as const, node: "pve", at: null, cause: null },
        },
      ],
    )[0]?.text,
  ).toBe("Node pve is unreachable.");
  expect(needsMe([], [], 2)).toMatchObject([
    { href: "/orphans", text: "2 things do not agree between Homeport, its engine and your nodes." },
  ]);
  expect(needs[0]?.text).toBe("shop: “Start it” failed and waits for your decision.");
});

test("sizes, shares and ages are short", () => {
  expect([0, 512, 1536, 5e8, 2 ** 30 * 1.5, 2 ** 40].map(formatBytes)).toEqual([
    "0 B",
    "512 B",
    "1.5 KiB",
    "477 MiB",
    "1.5 GiB",
    "1 TiB",
  ]);
  expect([formatUsed(216 * 2 ** 20, 2 ** 29), formatUsed(2 ** 29, 4 * 2 ** 30), formatUsed(0, 0)]).toEqual([
    "216 of 512 MiB",
    "0.5 of 4 GiB",
    "0 of 0 B",
  ]);
  expect([0, 0.002, 0.5, 1].map(formatShare)).toEqual(["0 %", "< 1 %", "50 %", "100 %"]);
  expect([5_000, 240_000, 7_200_000, 200_000_000].map(formatAge)).toEqual([
    "5 s ago",
    "4 min ago",
    "2 h ago",
    "2 d ago",
  ]);
});
