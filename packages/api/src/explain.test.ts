import { AppError, isAppError } from "@homeport/domain/error";
import { TRPCError } from "@trpc/server";
import { expect, test, vi } from "vitest";
import { z } from "zod";
import { errorData, explain, httpOf } from "./explain";
import { plainRefusal } from "./plain-refusal";

/** The modules as another bundle of the dashboard has them: with classes of its own. */
async function otherBundle() {
  vi.resetModules();
  return {
    ...(await import("@homeport/domain/error")),
    ...(await import("@trpc/server")),
    Prisma: (await import("@homeport/db/client")).Prisma,
    z: (await import("zod")).z,
  };
}
const silent = () => {
  throw new Error("nothing of this is for the log");
};
const seen = (error: TRPCError) => ({
  status: httpOf(error).status,
  message: error.message,
  code: errorData(error).appCode,
});

test("a refusal that another bundle made keeps its status, its sentence and its inputs", async () => {
  const other = await otherBundle();
  expect(other.AppError).not.toBe(AppError);
  const refusal = new other.AppError("tries.too_many", "Too many tries. Try again in 30 seconds.", {
    retryAfterS: 30,
    fields: { email: "x" },
  });
  expect(isAppError(refusal)).toBe(true);
  for (const thrown of [
    refusal,
    new other.TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: refusal }),
    new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: refusal }),
  ]) {
    const explained = explain(thrown, silent);
    expect(seen(explained)).toEqual({ status: 429, message: refusal.message, code: "too_many_requests" });
    expect(errorData(explained)).toMatchObject({ retryAfterS: 30, fields: { email: "x" } });
    expect(explain(explained, silent)).toBe(explained);
  }
});

test("what Prisma and zod refuse is known from another bundle as well", async () => {
  const other = await otherBundle();
  const refused = (code: string) =>
    new other.Prisma.PrismaClientKnownRequestError("raw words of Prisma", { code, clientVersion: "7" });
  expect(seen(explain(refused("P2002"), silent))).toEqual({
    status: 409,
    message: "Already changed by someone else. Reload.",
    code: "conflict",
  });
  expect(seen(explain(refused("P2025"), silent))).toEqual({
    status: 404,
    message: "It is not there any more.",
    code: "not_found",
  });
  expect(seen(explain(refused("P1001"), silent)).status).toBe(503);
  const input = other.z.object({ name: other.z.string().min(1, "A name is needed.") }).safeParse({ name: "" }).error;
  const explained = explain(new other.TRPCError({ code: "BAD_REQUEST", cause: input }), silent);
  expect(errorData(explained).fields).toEqual({ name: "A name is needed." });
});

test("a stored row that does not fit its schema is an internal error, and the log has it under the number that the person reads", () => {
  const log: [string, unknown][] = [];
  const cause = z.object({ secret: z.literal("sesame") }).safeParse({ secret: "other" }).error;
  const explained = explain(
    new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause }),
    (id, error) => void log.push([id, error]),
  );
  expect(explained.message).toBe(`Internal error ${log[0]?.[0]}; details are in Homeport's log under this number.`);
  expect(log).toEqual([[expect.stringMatching(/^[0-9a-f]{8}$/), cause]]);
  expect(seen(explained)).toMatchObject({ status: 500, code: null });
});

test.each([
  ["NOT_FOUND", 404],
  ["METHOD_NOT_SUPPORTED", 405],
  ["UNSUPPORTED_MEDIA_TYPE", 415],
  ["BAD_REQUEST", 400],
  ["PARSE_ERROR", 400],
  ["PAYLOAD_TOO_LARGE", 413],
  ["CLIENT_CLOSED_REQUEST", 499],
] as const)("tRPC's own %s is a sentence and stays %i", (code, status) => {
  const explained = explain(new TRPCError({ code, message: 'No "mutation"-procedure on path "nope"' }), silent);
  expect(seen(explained).status).toBe(status);
  expect(explained.message).toMatch(/^[A-Z].*\.$/);
  expect(explained.message).not.toContain("procedure");
});

test("a download that is refused answers with status, sentence and the seconds to wait", async () => {
  const answer = plainRefusal(new AppError("engine.away", "The engine does not answer."), {
    path: "/x",
    deps: { log: silent },
  });
  expect([answer.status, answer.headers.get("retry-after"), await answer.text()]).toEqual([
    503,
    "5",
    "The engine does not answer.\n",
  ]);
});
