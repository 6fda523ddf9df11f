// What is said of a lease is what happens.
import { expect, test } from "vitest";
import { afterText, hoursText, lentForText } from "./lease";

test("spans are days and hours", () => {
  expect([1, 24, 30, 336].map(hoursText)).toEqual(["1 hour", "1 day", "1 day and 6 hours", "14 days"]);
});

test("what happens at the end, and to new containers", () => {
  expect(afterText(null)).toBe("It is shut down then, and not destroyed.");
  expect(afterText(168)).toBe("It is shut down then, and destroyed with its disks 7 days later.");
  expect(lentForText("It is", { days: 14, graceDays: 1 })).toBe(
    "It is lent for 14 days, then shut down, and destroyed 1 day later, unless somebody extends the lease.",
  );
  expect(lentForText("It is", { days: 1, graceDays: null })).toContain("for 1 day, then shut down, and not destroyed");
});
