import { expect, test } from "vitest";
import { readContainerEvent } from "../container/container-event";
import { containerEventText } from "./container-event";

const read = (type: string, metadata: unknown) => containerEventText(readContainerEvent({ type, metadata }));

test.each([
  ["provision.done", "The container was created."],
  ["shutdown.done_with_warnings", "The container was shut down, with warnings."],
  ["provision.undone", "Its creation was undone: nothing of it is left."],
  ["provision.cancelled", "Its creation was cancelled and undone: nothing of it is left."],
  ["stop.cancelled", "The operation was cancelled."],
  ["destroy.failed", "The container could not be destroyed."],
])("%s reads “%s”", (type, text) => {
  expect(read(type, { runId: "1" })).toBe(text);
});

test.each([
  ["container.reconciled", { what: "marked_deleted" }, "it was marked as deleted."],
  ["container.failed", {}, "No run works on it any more."],
  ["run.readopted", { runId: "1", why: "lost" }, "Temporal had lost its run."],
  ["run.cancel_not_recorded", { runId: "1" }, "past Homeport."],
])("%s with %j says “… %s”", (type, metadata, part) => {
  expect(read(type, metadata)).toContain(part);
});

test("a sentence that an older release stored is shown as it is; what another release stored breaks nothing", () => {
  expect(read("container.reconciled", { text: "A sentence of before." })).toBe("A sentence of before.");
  for (const [type, metadata] of [
    ["container.eaten", {}],
    ["toString", { runId: "1" }],
    ["provision.running", { runId: "1" }],
    ["run.readopted", { runId: "1", why: "boredom" }],
    ["run.readopted", null],
    ["run.readopted", { v: 9 }],
  ] as const)
    expect(read(type, metadata)).toBe("Another version of Homeport knows what.");
});
