// The arithmetic of quotas, and its words.
import { expect, test } from "vitest";
import { amountText, excessFields, excessText, shareText } from "../text/quota";
import {
  type Amounts,
  type Bound,
  excessOf,
  increaseOf,
  noQuota,
  nothingTaken,
  Quota,
  QuotaParts,
  sumOf,
  takenBy,
  withTaken,
} from "./quota";

const bound = (quota: Partial<Quota>, used: Partial<Amounts> = {}): Bound => ({
  of: "project",
  name: "Lab",
  quota: { ...noQuota, ...quota },
  used: { ...nothingTaken, ...used },
});

test("what fits leaves no part above its limit; what does not would take one above it; who wants none is not held", () => {
  for (const limit of [null, 0, 1, 2, 3])
    for (const used of [0, 1, 2, 3])
      for (const wanted of [0, 1, 2, 3])
        for (const part of QuotaParts) {
          const over = excessOf([bound({ [part]: limit }, { [part]: used })], { ...nothingTaken, [part]: wanted });
          const beyond = limit !== null && wanted > 0 && used + wanted > limit;
          expect([part, limit, used, wanted, over.length]).toEqual([part, limit, used, wanted, beyond ? 1 : 0]);
        }
});

test("one after the other fit as many as at once", () => {
  const one = takenBy({ cores: 2, memoryMib: 512, diskGib: 4 });
  let bounds = [bound({ cores: 7, diskGib: 100 }), bound({ memoryMib: 4096 })];
  let made = 0;
  while (excessOf(bounds, one).length === 0) {
    bounds = withTaken(bounds, one);
    made += 1;
  }
  expect(made).toBe(3);
  expect(bounds.map(({ used }) => used)).toEqual([sumOf([one, one, one]), sumOf([one, one, one])]);
});

test("of a change only what grows is wanted", () => {
  const before = takenBy({ cores: 2, memoryMib: 512, diskGib: 8 });
  expect(increaseOf(before, { ...before, cores: 4, diskGib: 4 })).toEqual({
    containers: 0,
    cores: 4,
    memoryMib: 0,
    diskGib: 0,
  });
});

test("words: amounts with their unit, who may raise it, the input that can be made smaller", () => {
  expect([amountText("memoryMib", 2048), amountText("memoryMib", 1536), amountText("memoryMib", 0)]).toEqual([
    "2 GiB of memory",
    "1536 MiB of memory",
    "0 MiB of memory",
  ]);
  expect([
    shareText("containers", 18, 20),
    shareText("memoryMib", 4608, 4096),
    shareText("memoryMib", 1024, 2048),
  ]).toEqual(["18 of 20 containers", "4608 of 4096 MiB of memory", "1 of 2 GiB of memory"]);
  const over = excessOf([{ ...bound({ containers: 1, cores: 2 }), of: "share", name: "pve" }, bound({ cores: 1 })], {
    containers: 2,
    cores: 3,
    memoryMib: 0,
    diskGib: 0,
  });
  expect(over.map(({ bound: { of }, part }) => [of, part])).toEqual([
    ["share", "containers"],
    ["share", "cores"],
    ["project", "cores"],
  ]);
  const [containers, cores] = over;
  expect(containers && excessText(containers)).toBe(
    "This project may use pve for 1 container at most: 1 container is left, and this takes 2 containers. The node's owner can change this.",
  );
  expect(excessFields(over)).toEqual({ cores: cores && excessText(cores) });
});

test("an amount is a whole number, not below zero, and no larger than its column", () => {
  const parse = (cores: unknown) => Quota.safeParse({ ...noQuota, cores }).success;
  expect([0, null, 2_000_000_000].map(parse)).toEqual([true, true, true]);
  expect([-1, 1.5, 2_000_000_001, "8", undefined].map(parse)).toEqual([false, false, false, false, false]);
});
