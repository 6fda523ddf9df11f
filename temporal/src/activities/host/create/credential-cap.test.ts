// However many credentials a container offers, so many are kept, and every service is.
import { expect, test } from "vitest";
import { capCredentials, MOST_CREDENTIAL_BYTES, MOST_CREDENTIALS } from "./credential-cap";

const service = (name: string, credentials?: Record<string, string>) => ({
  name,
  kind: "http",
  ...(credentials === undefined ? {} : { credentials }),
});
const many = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]));

test("what fits is kept as it is", () => {
  const found = [service("a", many(MOST_CREDENTIALS)), service("b")];
  expect(capCredentials(found)).toEqual({ kept: found, without: 0 });
});

test("a service whose credentials are too many, or too long, is kept without them; a smaller one after it with them", () => {
  const found = [
    service("a", many(150)),
    service("b", many(51)),
    service("c", { password: "x".repeat(MOST_CREDENTIAL_BYTES) }),
    service("d", many(50)),
  ];
  expect(capCredentials(found)).toEqual({ kept: [found[0], service("b"), service("c"), found[3]], without: 2 });
});

test("bytes are counted, not characters", () => {
  expect(capCredentials([service("a", { password: "é".repeat(MOST_CREDENTIAL_BYTES / 2) })]).without).toBe(1);
});
