import { expect, test } from "vitest";
import { readStepDetail, type StepDetail } from "../run/step-detail";
import { stepDetailText } from "./step-detail";

const limits = { most: 20, mostBytes: 4096 };

test.each<[StepDetail, string]>([
  [{ is: "waiting", for: { on: "node", node: "pve", why: "unreachable" } }, "node pve is unreachable"],
  [
    { is: "waiting", for: { on: "cleanup", until: { on: "database" } } },
    "cleanup pending: Homeport's database does not answer",
  ],
  [{ is: "created", vmid: 103, taken: [101, 102] }, "CT 103, as VMID 101, 102 was taken"],
  [{ is: "downloading", percent: null, totalBytes: 102236236 }, "downloading"],
  [{ is: "downloading", percent: 65, totalBytes: null }, "65 %"],
  [{ is: "downloading", percent: 65, totalBytes: 102236236 }, "65 % of 98 MiB"],
  [{ is: "services", list: "", without: 0, ...limits }, "no services"],
  [{ is: "services", list: "redis (6379)", without: 0, ...limits }, "redis (6379)"],
  [
    { is: "services", list: "redis (6379)", without: 1, ...limits },
    "redis (6379); the credentials of 1 of them were left out: at most 20, of 4 KiB, are kept of a container",
  ],
  [{ is: "skipped", by: null }, "skipped"],
  [{ is: "cancelled", by: "Ada" }, "cancelled by Ada"],
  [{ is: "text", text: "words of before" }, "words of before"],
  [{ is: "text", text: "" }, "Another version of Homeport knows how it went."],
])("%j reads “%s”", (detail, text) => {
  expect(stepDetailText(detail)).toBe(text);
});

test("a code that another release answered into a history has a text too", () => {
  expect(stepDetailText({ is: "sung" } as unknown as StepDetail)).toBe(
    "Another version of Homeport knows how it went.",
  );
});

test("whatever is stored is read, and what an activity of an older release answered", () => {
  const unknown = { is: "text", text: "" };
  expect(
    [null, "", "CT 101", { is: "as_planned" }, { is: "sung" }, { is: "waiting", for: { on: "rain" } }].map(
      readStepDetail,
    ),
  ).toEqual([null, null, { is: "text", text: "CT 101" }, { is: "as_planned" }, unknown, unknown]);
});
