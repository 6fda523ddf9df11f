// What one account asks for at once waits for itself, and for nobody else.
import { isAppError } from "@homeport/domain/error";
import { expect, test } from "vitest";
import { createGate } from "./gate";

/** Work that ends when it is told to; `begun` names what is under way, in the order in which it began. */
function bench() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => () =>
    new Promise<string>((resolve, reject) => {
      begun.push(name);
      ends.set(name, () => {
        if (name.startsWith("fails")) reject(new Error(name));
        else resolve(name);
      });
    });
  const end = (name: string): void => ends.get(name)?.();
  return { begun, work, end };
}
const by = (account: string, isProgram = false) => ({ account, isProgram });
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("so many of an account are worked on at once, the others in their order; another account does not wait", async () => {
  const { begun, work, end } = bench();
  const gate = createGate({ atOnce: 2, waiting: 10 });
  const calls = ["a", "b", "c", "d"].map((name) => gate.pass(by("ada"), work(name)));
  const other = gate.pass(by("bob"), work("other"));
  await settled();
  expect(begun).toEqual(["a", "b", "other"]);
  end("b");
  await settled();
  expect(begun).toEqual(["a", "b", "other", "c"]);
  for (const name of ["a", "c"]) end(name);
  await settled();
  for (const name of ["d", "other"]) end(name);
  expect(await Promise.all([...calls, other])).toEqual(["a", "b", "c", "d", "other"]);
});

test("what fails makes room as well", async () => {
  const { begun, work, end } = bench();
  const gate = createGate({ atOnce: 1, waiting: 10 });
  const failing = gate.pass(by("ada"), work("fails"));
  const next = gate.pass(by("ada"), work("next"));
  await settled();
  end("fails");
  await expect(failing).rejects.toThrow("fails");
  await settled();
  expect(begun).toEqual(["fails", "next"]);
  end("next");
  expect(await next).toBe("next");
});

test("more than may wait are refused with a sentence, and the account is free again afterwards", async () => {
  const { work, end } = bench();
  const gate = createGate({ atOnce: 1, waiting: 1 });
  const calls = [gate.pass(by("ada"), work("a")), gate.pass(by("ada"), work("b"))];
  const refused: unknown = await gate.pass(by("ada"), work("c")).catch((error: unknown) => error);
  expect(isAppError(refused) && [refused.refusal, refused.details.retryAfterS]).toEqual(["calls.too_many", 1]);
  end("a");
  await settled();
  end("b");
  await Promise.all(calls);
  const again = gate.pass(by("ada"), work("d"));
  await settled();
  end("d");
  expect(await again).toBe("d");
});

test("who waited is known to have; whoever awaits no answer any more waits no longer", async () => {
  const { work, end, begun } = bench();
  const gate = createGate({ atOnce: 1, waiting: 5 });
  const waits: boolean[] = [];
  const call = (name: string, signal?: AbortSignal) =>
    gate.pass(
      by("ada"),
      (waited) => {
        waits.push(waited);
        return work(name)();
      },
      signal,
    );
  const gone = new AbortController();
  const [first, dropped, last] = [call("a"), call("b", gone.signal), call("c")];
  gone.abort();
  await expect(dropped).rejects.toThrow("Nobody waits for this answer");
  await settled();
  end("a");
  await settled();
  end("c");
  expect(await Promise.all([first, last])).toEqual(["a", "c"]);
  expect([begun, waits]).toEqual([
    ["a", "c"],
    [false, true],
  ]);
});

test("programs of an account leave room for its person's pages", async () => {
  const { begun, work, end } = bench();
  const gate = createGate({ atOnce: 3, byPrograms: 2, waiting: 10 });
  const names = ["p1", "p2", "p3"];
  const calls = names.map((name) => gate.pass(by("ada", true), work(name)));
  await settled();
  const page = gate.pass(by("ada"), work("page"));
  await settled();
  expect(begun).toEqual(["p1", "p2", "page"]);
  for (const name of ["p1", "page", "p2"]) end(name);
  await settled();
  end("p3");
  expect(await Promise.all([...calls, page])).toEqual([...names, "page"]);
});
