// The words beside a file of a plan.
import type { PlanFile } from "@homeport/domain/plan/plan";
import { expect, test } from "vitest";
import { fileState, fileText, sharedReason } from "./file-text";

const file: Pick<PlanFile, "before" | "policy" | "target"> = { target: "/etc/motd", policy: "REPLACE" };
const differs = { state: "differs", sizeBytes: 3, text: "old" } as const;

test.each([
  [{ ...file, before: { state: "new" } }, "new", "A new file: the OS template has none of this name."],
  [
    { ...file, before: { state: "same" } },
    "same as in the OS template",
    "The OS template has the very same text; owner and mode are set.",
  ],
  [{ ...file, before: differs }, "replaces another", "Replaces the OS template’s file."],
  [
    { ...file, policy: "DEFAULT", before: differs },
    "not written",
    "The OS template’s file is kept, because the policy is DEFAULT: this one is not written. It would change:",
  ],
  [
    { ...file, policy: "BACKUP", before: differs },
    "replaces another, which is kept",
    "Replaces the OS template’s file, which is kept beside it as /etc/motd.homeport-….",
  ],
  [
    { ...file, before: { ...differs, text: null, reason: "It is not text." } },
    "replaces another",
    "Replaces the OS template’s file. It is not text.",
  ],
  [
    { ...file, before: { state: "unknown", reason: "There is no SSH." } },
    "not known what it replaces",
    "There is no SSH. If the OS template has one of this name, it is replaced.",
  ],
  [file, "not known what it replaces", "If the OS template has one of this name, it is replaced."],
] as const)("%j", (asked, short, long) => {
  expect([fileState(asked), fileText(asked)]).toEqual([short, long]);
});

test("one reason for all files is reported once", () => {
  const unknown = (reason: string) => ({ ...file, before: { state: "unknown", reason } }) as const;
  expect(sharedReason([unknown("No SSH."), unknown("No SSH.")])).toBe("No SSH.");
  expect(fileText(unknown("No SSH."), { reasonShown: true })).toBe(
    "If the OS template has one of this name, it is replaced.",
  );
  expect([
    sharedReason([unknown("a"), unknown("b")]),
    sharedReason([unknown("a"), file]),
    sharedReason([file]),
    sharedReason([]),
  ]).toEqual([undefined, undefined, undefined, undefined]);
});
