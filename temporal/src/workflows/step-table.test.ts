import { expect, test } from "vitest";
import { stepTable } from "./step-table";

test("the table shows every step, and no name can break out of its cell", () => {
  const table = stepTable("provision web on pve", [
    { name: "create", title: "Create | it", state: "done", attempt: 1, detail: "CT 101" },
    { name: "x", title: "<b>x</b>\n# y", state: "failed", attempt: 2 },
  ]);
  expect(table.split("\n")).toEqual([
    "**provision web on pve**",
    "",
    "| # | Step | State | Attempt | |",
    "|---|---|---|---|---|",
    "| 1 | Create \\| it | ✓ done | 1 | CT 101 |",
    "| 2 | \\<b\\>x\\</b\\> # y | ✗ failed | 2 |  |",
  ]);
});
