// A reader's list with the changes is the server's list, and figures cost few characters.
import { expect, test } from "vitest";
import { decodeFigures, encodeFigures, figuresOf, withFigures, type Figures } from "./figures";
import { applyChanges, digestOf, stampOf, type Listed } from "./list-changes";

const GIB = 2 ** 30;
const usage = (cpu: number, memMib: number) => ({
  cpu,
  maxCpu: 2,
  memBytes: memMib * 2 ** 20,
  maxMemBytes: GIB,
  diskBytes: 0,
  maxDiskBytes: 8 * GIB,
});
const guest = (id: string, vmid: number, more: Partial<Listed & { hostname: string }> = {}) => ({
  id,
  vmid,
  hostname: id,
  createdAt: new Date(vmid),
  node: { id: "n1" },
  usage: usage(0.5, 512) as Listed["usage"],
  seenAt: new Date(1_000) as Date | null,
  ...more,
});

test("figures come back as they went, whatever the VMIDs and however many digits they take", () => {
  const guests: [number, Figures][] = [
    [100, [0, 0, 0]],
    [101, [31, 32, 1_000]],
    [999_999_999, [101, 1_023, 100_000]],
    [4_294, [1, 999, 31]],
  ];
  expect([...decodeFigures(encodeFigures(guests))]).toEqual(guests.toSorted(([a], [b]) => a - b));
  expect([...decodeFigures("")]).toEqual([]);
});

test("a thousand guests whose every figure changed take less than seven characters each", () => {
  const guests = Array.from(
    { length: 1_000 },
    (_, at) => [10_000 + at, figuresOf(usage((at % 101) / 100, at))] as const,
  );
  expect(encodeFigures(guests).length).toBeLessThan(7_000);
});

test("what a screen shows of a figure is the same before and after", () => {
  const shown = ({ cpu, memBytes }: { cpu: number; memBytes: number }) => [
    cpu > 0.0005 && Math.round(cpu * 100) === 0 ? "< 1 %" : Math.round(cpu * 100),
    Math.round(memBytes / 2 ** 20 / 2),
  ];
  for (const cpu of [0, 0.0004, 0.0006, 0.004, 0.005, 0.0149, 0.62, 0.999, 1])
    for (const mib of [0, 100, 216, 1_000, 1_024]) {
      const exact = usage(cpu, mib);
      expect(shown(withFigures(usage(0, 0), figuresOf(exact)))).toEqual(shown(exact));
    }
  expect(figuresOf({ ...usage(0.3, 1), maxMemBytes: 0 })[1]).toBe(0);
});

test("rows come, go and change; figures reach those of their node that have some; the order stays the newest first", () => {
  const list = [
    guest("c", 103),
    guest("b", 102, { node: { id: "n2" } }),
    guest("a", 101),
    guest("new", 100, { usage: null, seenAt: null }),
  ];
  const changed = applyChanges(list, {
    type: "changes",
    seen: [
      {
        nodeId: "n1",
        at: 6_000,
        figures: encodeFigures([
          [103, [1, 250, 0]],
          [102, [99, 9, 9]],
          [100, [5, 5, 5]],
        ]),
      },
    ],
    rows: [guest("d", 104), guest("a", 101, { hostname: "renamed" })],
    gone: ["b"],
  });
  expect(changed.map(({ id }) => id)).toEqual(["d", "c", "a", "new"]);
  expect(changed[1]).toMatchObject({ seenAt: new Date(6_000), usage: { cpu: 0.004, memBytes: GIB / 4 } });
  expect(changed[2]).toMatchObject({ hostname: "renamed", seenAt: new Date(1_000) });
  expect(changed[3]).toBe(list[3]);
  expect(applyChanges(list, { type: "reread" })).toBe(list);
});

test("lists are told apart by anything but figures and when they are of, in whatever order", () => {
  const digest = (...list: Listed[]) => digestOf(list.map(stampOf));
  const [a, b] = [guest("a", 101), guest("b", 102)];
  expect(digest(a, b)).toBe(digest(b, { ...a, usage: usage(0.1, 3), seenAt: new Date(9) }));
  const others = [
    [a],
    [a, { ...b, hostname: "<b>" }],
    [a, { ...b, usage: null }],
    [a, { ...b, seenAt: null }],
    [a, guest("b", 102, { usage: { ...usage(0.5, 512), maxMemBytes: 2 * GIB } })],
    [a, b, guest("c", 103)],
  ];
  expect(new Set([[a, b], ...others].map((list) => digest(...list))).size).toBe(others.length + 1);
});
