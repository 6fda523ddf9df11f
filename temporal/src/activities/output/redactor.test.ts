import { expect, test } from "vitest";
import { createRedactor, MASK } from "./redactor";

const secret = `s3cr/t "quo+ed" ü`;
const redact = createRedactor([secret, "longer hunter2-sekret", "hunter2-sekret"]);

test.each([
  ["as it is", secret],
  ["in a URL", encodeURIComponent(secret)],
  ["in a form", encodeURIComponent(secret).replaceAll("%20", "+")],
  ["in JSON", JSON.stringify(secret).slice(1, -1)],
  ["in Base64", Buffer.from(secret).toString("base64").replace(/=+$/, "")],
  ["in Base64 of a URL", Buffer.from(secret).toString("base64url")],
])("a secret is covered %s", (_, form) => {
  const text = redact.text(`a ${form} z`);
  expect(text.startsWith(`a ${MASK}`)).toBe(true);
  expect(text.length).toBeLessThan(MASK.length + 8);
});

test("a secret is covered inside longer Base64, wherever it begins", () => {
  for (const user of ["a:", "ab:", "abc:"]) {
    const text = redact.text(Buffer.from(`${user}hunter2-sekret!`).toString("base64"));
    expect(text).toContain(MASK);
    expect(text.length).toBeLessThan(16);
  }
});

test("the longest secret is covered whole; colours inside one do not save it", () => {
  expect(redact.text("x longer hunter2-sekret y")).toBe(`x ${MASK} y`);
  expect(redact.text("x hunter2\x1b[1m-sek\x1b[0mret y")).toBe(`x ${MASK}\x1b[1m\x1b[0m y`);
});

test("of a key with many lines each line is a secret; its frame and short words are not; short values are left", () => {
  const key = createRedactor(["-----BEGIN KEY-----\nMC4CAQAwBQYDK2VwBCIEIH\nshort\n-----END KEY-----\n", "abc"]);
  expect(key.text("MC4CAQAwBQYDK2VwBCIEIH short abc -----BEGIN KEY-----")).toBe(
    `${MASK} short abc -----BEGIN KEY-----`,
  );
});
