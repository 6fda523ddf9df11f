// A list in the query cache ends as the server has it, in whatever order the stream and a read come.
import type { ContainerChanges, ContainerView } from "@homeport/api";
import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, expect, test } from "vitest";
import { createLiveList, digestOfList } from "./live-list";

const KEY = ["list"];
const row = (id: string, hostname = id) =>
  ({ id, hostname, vmid: 1, createdAt: new Date(0), node: { id: "n" }, usage: null, seenAt: null }) as ContainerView;
const changes = (rows: ContainerView[], gone: string[] = []): ContainerChanges => ({
  type: "changes",
  seen: [],
  rows,
  gone,
});

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A page with its list, whose server answers each read when the test says so. */
function page(first?: ContainerView[]) {
  const queryClient = new QueryClient();
  const reads: { answer: (rows: ContainerView[]) => void; fail: (error: Error) => void }[] = [];
  if (first) queryClient.setQueryData(KEY, first);
  const observer = new QueryObserver<ContainerView[]>(queryClient, {
    queryKey: KEY,
    staleTime: Infinity,
    retry: false,
    queryFn: () => new Promise((answer, fail) => reads.push({ answer, fail })),
  });
  const live = createLiveList(queryClient, KEY);
  ends.push(
    observer.subscribe(() => undefined),
    live.start(),
    () => {
      queryClient.clear();
    },
  );
  return {
    live,
    reads,
    read: () => queryClient.invalidateQueries({ queryKey: KEY }),
    failed: () => observer.getCurrentResult().isError,
    names: () => observer.getCurrentResult().data?.map(({ hostname }) => hostname),
  };
}

test("what changes is put into the list, and nothing is read", () => {
  const { live, names, reads } = page([row("a"), row("b")]);
  live.take(changes([row("b", "renamed"), row("c")], ["a"]));
  expect([names(), reads.length]).toEqual([["c", "renamed"], 0]);
});

test("an answer that is older than what came meanwhile does not put it back", async () => {
  const { live, names, reads, read } = page([row("a", "old")]);
  void read();
  await expect.poll(() => reads.length).toBe(1);
  live.take(changes([row("a", "new")]));
  live.take(changes([row("a", "newest")]));
  expect(names()).toEqual(["newest"]);
  reads[0]?.answer([row("a", "old")]);
  await expect.poll(() => names()).toEqual(["newest"]);
  void read();
  await expect.poll(() => reads.length).toBe(2);
  reads[1]?.answer([row("a", "later")]);
  await expect.poll(() => names()).toEqual(["later"]); // what came before this read began is over
});

test("what came while a read failed is not put into a later one", async () => {
  const { live, names, reads, read, failed } = page([row("a", "old")]);
  void read();
  await expect.poll(() => reads.length).toBe(1);
  live.take(changes([row("a", "new")]));
  reads[0]?.fail(new Error("away"));
  await expect.poll(failed).toBe(true);
  expect(names()).toEqual(["new"]);
  void read();
  await expect.poll(() => reads.length).toBe(2);
  reads[1]?.answer([row("a", "later")]);
  await expect.poll(() => names()).toEqual(["later"]);
});

test("a read that the stream asked for and that failed is made again at its next word", async () => {
  const { live, names, reads, failed } = page([row("a"), row("gone")]);
  live.take({ type: "reread" });
  await expect.poll(() => reads.length).toBe(1);
  reads[0]?.fail(new Error("away"));
  await expect.poll(failed).toBe(true);
  live.take(changes([row("a", "renamed")]));
  expect(names()).toEqual(["gone", "renamed"]);
  await expect.poll(() => reads.length).toBe(2);
  reads[1]?.answer([row("a", "renamed")]);
  await expect.poll(() => names()).toEqual(["renamed"]);
  live.take(changes([row("a", "again")]));
  expect([names(), reads.length]).toEqual([["again"], 2]);
});

test("what changes before there is a list waits for it", async () => {
  const { live, names, reads } = page();
  await expect.poll(() => reads.length).toBe(1);
  live.take(changes([row("b")]));
  expect(names()).toBeUndefined();
  reads[0]?.answer([row("a")]);
  await expect.poll(() => names()).toEqual(["b", "a"]);
});

test("a list that is to be read is read from then on, not as a read that was under way has it", async () => {
  const { live, names, reads } = page();
  await expect.poll(() => reads.length).toBe(1);
  live.take({ type: "reread" });
  await expect.poll(() => reads.length).toBe(2);
  reads[0]?.answer([row("a", "before")]);
  live.take(changes([row("b")]));
  reads[1]?.answer([row("a", "after")]);
  await expect.poll(() => names()).toEqual(["b", "after"]);
});

test("the digest of a list is that of its rows; without a list there is none", () => {
  expect(digestOfList(undefined)).toBeUndefined();
  expect(digestOfList([row("a"), row("b")])).toBe(digestOfList([row("b"), row("a")]));
  expect(digestOfList([row("a")])).not.toBe(digestOfList([row("a", "b")]));
});
