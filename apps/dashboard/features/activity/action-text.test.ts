import { ContainerActions } from "@homeport/domain/run/run-kinds";
import { Decisions } from "@homeport/domain/run/run-state";
import { expect, test } from "vitest";
import { actionText } from "./action-text";

test.each([
  ...ContainerActions.map((action) => `container.${action}`),
  ...[...Decisions, "pause", "resume", "cancel", "export"].map((decision) => `run.${decision}`),
])("%s is a sentence's verb, not a code", (action) => {
  const [noun = "", verb = ""] = action.split(".");
  expect(actionText(action)).not.toBe(`${verb} ${noun}`);
});
