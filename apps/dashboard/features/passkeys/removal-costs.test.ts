// What is said before a passkey goes: what it costs, and nothing where it costs nothing.
import { expect, test } from "vitest";
import { removalCosts } from "./removal-costs";

const factor = { confirmedAt: null, recoveryCodesLeft: 1, askedBy: ["Werk", "Lab"] };
const app = { ...factor, confirmedAt: new Date() };
const none = { all: 0, here: 0 };

test("the last takes recovery codes and organizations along, unless there is an app", () => {
  expect(removalCosts({ left: none, isHere: true, factor })).toEqual([
    expect.stringMatching(/^It is the last, .* the recovery codes go\.$/),
    expect.stringContaining("Werk and Lab, which require a second factor"),
  ]);
  expect(removalCosts({ left: none, isHere: true, factor: { ...factor, askedBy: [] } })).toHaveLength(1);
  expect(removalCosts({ left: none, isHere: true, factor: app })).toEqual([expect.stringContaining("and a code are")]);
});

test("the last for this address leaves the others, which work elsewhere", () => {
  const left = { all: 1, here: 0 };
  expect(removalCosts({ left, isHere: true, factor })).toEqual([expect.stringContaining("of which 1 is left")]);
  expect(removalCosts({ left, isHere: false, factor })).toEqual([]);
  expect(removalCosts({ left: { all: 2, here: 1 }, isHere: true, factor })).toEqual([]);
});
