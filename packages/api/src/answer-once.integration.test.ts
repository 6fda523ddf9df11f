// A mutation that nobody wrote anything for: with a request key in its input it is done once, however often the request arrives.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { createContext } from "./context";
import { person, sameOrigin, startApi, type TestApi } from "./testing/fixture";
import { refusal } from "./testing/refusal";
import { allowed, createCallerFactory, router } from "./trpc";

let api: TestApi;
let cookie: string;
let done: string[];
beforeAll(async () => {
  api = await startApi();
  ({ cookie } = (await person(api, "Ada")).jar);
});
beforeEach(() => {
  done = [];
});
afterAll(() => api.close());

const createCaller = createCallerFactory(
  router({
    rename: allowed("account:write")
      .input(z.strictObject({ name: z.string().trim(), requestKey: z.uuid().optional() }))
      .mutation(({ ctx, input }) => {
        ctx.audit.nothing("a test");
        if (input.name === "refused") throw new Error("this name is refused");
        done.push(input.name);
        return { name: input.name, count: done.length };
      }),
  }),
);

async function call() {
  const req = { headers: new Headers({ ...sameOrigin, cookie }) };
  return createCaller(await createContext({ req, resHeaders: new Headers(), peer: "192.0.2.1", deps: api.deps }));
}

test("the same request again is answered as the first one was, and does nothing", async () => {
  const requestKey = randomUUID();

  const first = await (await call()).rename({ name: "web", requestKey });
  const second = await (await call()).rename({ name: " web ", requestKey });

  expect(second).toEqual(first);
  expect(done).toEqual(["web"]);
});

test("something else under the same key is refused, in words", async () => {
  const requestKey = randomUUID();
  await (await call()).rename({ name: "web", requestKey });

  const refused = await refusal((await call()).rename({ name: "db", requestKey }));

  expect(refused.message).toContain("Something else was requested with this request already");
  expect(done).toEqual(["web"]);
});

test("what failed was not done: the same request is tried again", async () => {
  const requestKey = randomUUID();
  await refusal((await call()).rename({ name: "refused", requestKey }));
  await refusal((await call()).rename({ name: "refused", requestKey }));

  expect(await api.db.idempotencyKey.count({ where: { key: requestKey } })).toBe(0);
});

test("without a key each request is one of its own; another person's key is another key", async () => {
  const requestKey = randomUUID();
  await (await call()).rename({ name: "web" });
  await (await call()).rename({ name: "web" });
  await (await call()).rename({ name: "web", requestKey });
  ({ cookie } = (await person(api, "Eve")).jar);
  await (await call()).rename({ name: "web", requestKey });

  expect(done).toHaveLength(4);
});
