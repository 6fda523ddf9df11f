import { expect, test } from "vitest";
import { merge } from "./merge";

test("a reader who leaves with an event unread ends every source that waits to hand one over", async () => {
  const ended: string[] = [];
  async function* source(name: string): AsyncGenerator<string, void, void> {
    try {
      for (;;) yield name;
    } finally {
      ended.push(name);
    }
  }
  const events = merge([source("read"), source("unread")]);
  await events.next();
  await events.return();
  await expect.poll(() => ended.toSorted()).toEqual(["read", "unread"]);
});
