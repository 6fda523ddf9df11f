// One create at a time on a node, those of other nodes beside it; one that fails holds up nobody.
import { expect, test } from "vitest";
import { inQueue } from "./node-queue";

test("on one node the second begins when the first is done; another node's does not wait", async () => {
  const seen: string[] = [];
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const first = inQueue("a", async () => {
    seen.push("first");
    await gate;
    seen.push("first done");
  });
  const second = inQueue("a", () => Promise.resolve(seen.push("second")));
  await inQueue("b", () => Promise.resolve(seen.push("other")));
  expect(seen).toEqual(["first", "other"]);
  open();
  await Promise.all([first, second]);
  expect(seen).toEqual(["first", "other", "first done", "second"]);
});

test("an error is its caller's own", async () => {
  const failed = inQueue("a", () => Promise.reject(new Error("taken")));
  const next = inQueue("a", () => Promise.resolve("made"));
  await expect(failed).rejects.toThrow("taken");
  expect(await next).toBe("made");
});
