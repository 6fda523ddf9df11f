// One create at a time on a node and in an organization, others beside it; one that fails holds up nobody.
import { expect, test } from "vitest";
import { inQueue } from "./node-queue";

const a = { organizationId: "o", nodeId: "a" };
const b = { organizationId: "p", nodeId: "b" };

test("on one node the second begins when the first is done; another node's does not wait", async () => {
  const seen: string[] = [];
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const first = inQueue(a, async () => {
    seen.push("first");
    await gate;
    seen.push("first done");
  });
  const second = inQueue(a, () => Promise.resolve(seen.push("second")));
  await inQueue(b, () => Promise.resolve(seen.push("other")));
  expect(seen).toEqual(["first", "other"]);
  open();
  await Promise.all([first, second]);
  expect(seen).toEqual(["first", "other", "first done", "second"]);
});

test("an error is its caller's own", async () => {
  const failed = inQueue(a, () => Promise.reject(new Error("taken")));
  const next = inQueue(a, () => Promise.resolve("made"));
  await expect(failed).rejects.toThrow("taken");
  expect(await next).toBe("made");
});

test("in one organization they wait for each other on whatever node, and on one node from whatever organization", async () => {
  const seen: string[] = [];
  const slow = (name: string) => async () => {
    await new Promise((resolve) => setImmediate(resolve));
    seen.push(name);
  };
  await Promise.all([
    inQueue(a, slow("first")),
    inQueue({ organizationId: "o", nodeId: "other" }, slow("second")),
    inQueue({ organizationId: "q", nodeId: "other" }, slow("third")),
    inQueue({ organizationId: "q", nodeId: "a" }, slow("fourth")),
  ]);
  expect(seen.indexOf("first")).toBeLessThan(seen.indexOf("second"));
  expect(seen.indexOf("third")).toBeLessThan(seen.indexOf("fourth"));
});
