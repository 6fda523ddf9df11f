import { ContainerActions } from "@homeport/domain/run/run-kinds";
import { Decisions } from "@homeport/domain/run/run-state";
import { expect, test } from "vitest";
import { actionText, detailText } from "./action-text";

test.each([
  ...ContainerActions.map((action) => `container.${action}`),
  ...[...Decisions, "pause", "resume", "cancel", "export"].map((decision) => `run.${decision}`),
])("%s is a sentence's verb, not a code", (action) => {
  const [noun = "", verb = ""] = action.split(".");
  expect(actionText(action)).not.toBe(`${verb} ${noun}`);
});

test("why something was refused is words; every other detail is what it is", () => {
  expect(detailText("reason", "role.forbids")).toBe("their role does not allow it");
  expect(detailText("reason", "a script failed")).toBe("a script failed");
  expect(detailText("cores", 2)).toBe("2");
});
