// A call that needs the password once more is repeated once it was given, and refused once it was not.
import type { AppRouter } from "@homeport/api";
import { createTRPCClient, TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { expect, test } from "vitest";
import { recentSignIn, type Asked } from "./recent-sign-in";

/** Answers each call with the next of `answers`: a value, or a refusal's name. */
function client(answers: ({ data: unknown } | { refusal: string })[], ask: (what: Asked) => Promise<boolean>) {
  const sent: string[] = [];
  const server: TRPCLink<AppRouter> =
    () =>
    ({ op }) =>
      observable((observer) => {
        sent.push(op.path);
        const answer = answers.shift();
        if (answer === undefined) throw new Error("nobody expected this call");
        if ("refusal" in answer)
          return observer.error(
            TRPCClientError.from({
              error: { message: answer.refusal, code: -32003, data: { refusal: answer.refusal } },
            } as never),
          ); // the formatter's shape, in part
        observer.next({ result: { data: answer.data } });
        observer.complete();
      });
  return { sent, product: createTRPCClient<AppRouter>({ links: [recentSignIn(ask), server] }) };
}

test("given: the call is repeated, and its answer is the caller's", async () => {
  const { sent, product } = client([{ refusal: "session.stale" }, { data: "done" }], () => Promise.resolve(true));
  expect(await product.auth.signOut.mutate()).toBe("done");
  expect(sent).toEqual(["auth.signOut", "auth.signOut"]);
});

test("not given: the refusal is the answer, and nothing is sent again", async () => {
  const { sent, product } = client([{ refusal: "session.stale" }], () => Promise.resolve(false));
  await expect(product.auth.signOut.mutate()).rejects.toThrow("session.stale");
  expect(sent).toHaveLength(1);
});

test("refused again: nobody is asked twice for one call", async () => {
  let asked = 0;
  const { product } = client([{ refusal: "session.stale" }, { refusal: "session.stale" }], () => {
    asked += 1;
    return Promise.resolve(true);
  });
  await expect(product.auth.signOut.mutate()).rejects.toThrow("session.stale");
  expect(asked).toBe(1);
});

test("a factor is asked for after the password, each once", async () => {
  const asked: Asked[] = [];
  const answers = ["session.stale", "session.factor_stale", "session.factor_stale"].map((refusal) => ({ refusal }));
  const { product } = client(answers, (what) => {
    asked.push(what);
    return Promise.resolve(true);
  });
  await expect(product.auth.signOut.mutate()).rejects.toThrow("session.factor_stale");
  expect(asked).toEqual(["password", "factor"]);
});

test("another refusal is handed on, and nobody is asked", async () => {
  const { product } = client([{ refusal: "role.forbids" }], () => Promise.reject(new Error("asked")));
  await expect(product.auth.signOut.mutate()).rejects.toThrow("role.forbids");
});
