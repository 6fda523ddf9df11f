import { TRPCClientError, type Operation } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { resendLost, UNKNOWN } from "./resend";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

type Answer = "lost" | "done" | "refused";

/** A line that answers so, one after the other; the last answer for ever. */
function click(input: unknown, answers: Answer[], type: "mutation" | "query" = "mutation") {
  const [sent, notices, heard]: [unknown[], string[], string[]] = [[], [], []];
  const link = resendLost({
    lost: (key) => {
      notices.push(`lost ${key}`);
    },
    settled: (key) => {
      notices.push(`settled ${key}`);
    },
  })({});
  const op = { id: 1, type, path: "containers.create", input, context: {}, signal: null } as unknown as Operation;
  link({
    op,
    next: (one) =>
      observable((observer) => {
        sent.push(one.input);
        const answer = answers[Math.min(sent.length, answers.length) - 1];
        if (answer === "done") observer.next({ result: { data: "run" } });
        else
          observer.error(
            answer === "lost"
              ? new TRPCClientError("Failed to fetch")
              : (Object.assign(new TRPCClientError("This name is taken."), { data: { appCode: "conflict" } }) as never),
          );
      }),
  }).subscribe({
    next: (value) => {
      heard.push("data" in value.result ? String(value.result.data) : "?");
    },
    error: (error) => {
      heard.push(error.message);
    },
  });
  return { sent, notices, heard };
}

const input = { requestKey: "k", hostname: "web" };

test("a lost answer is looked for by sending the same request again, and the person hears of it meanwhile", () => {
  const { sent, notices, heard } = click(input, ["lost", "lost", "done"]);
  expect([sent.length, notices, heard]).toEqual([1, ["lost k"], []]);
  vi.advanceTimersByTime(500 + 1_000);
  expect(sent).toEqual([input, input, input]);
  expect([notices, heard]).toEqual([["lost k", "settled k"], ["run"]]);
});

test("a refusal is an answer: nothing is sent again, at once or after a lost one", () => {
  expect(click(input, ["refused"])).toMatchObject({ sent: [input], notices: [], heard: ["This name is taken."] });
  const later = click(input, ["lost", "refused"]);
  vi.advanceTimersByTime(60_000);
  expect(later).toMatchObject({
    sent: [input, input],
    notices: ["lost k", "settled k"],
    heard: ["This name is taken."],
  });
});

test("after half a minute it says that it does not know, and never that nothing was done", () => {
  const { notices, heard, sent } = click(input, ["lost"]);
  vi.advanceTimersByTime(27_000);
  expect(heard).toEqual([]);
  vi.advanceTimersByTime(5_000);
  expect([heard, notices]).toEqual([[UNKNOWN], ["lost k", "settled k"]]);
  const count = sent.length;
  vi.advanceTimersByTime(60_000);
  expect(sent.length).toBe(count);
});

test("what has no key may not be sent twice", () => {
  for (const one of [click({ hostname: "web" }, ["lost", "done"]), click(input, ["lost", "done"], "query")]) {
    vi.advanceTimersByTime(60_000);
    expect(one).toMatchObject({ notices: [], heard: ["Failed to fetch"] });
    expect(one.sent.length).toBe(1);
  }
});
