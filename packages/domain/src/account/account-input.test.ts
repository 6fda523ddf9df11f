import { expect, test } from "vitest";
import { SignUpInput } from "./account-input";
import { whyNotPassword } from "./password-rule";

test.each(["short", "x".repeat(201), "ada@example.com", "ADA@example.com ", "aaaaaaaaaaaa", "121212121212"])(
  "%s is refused as a password",
  (password) => {
    expect(whyNotPassword(password, "ada@example.com")).toBeDefined();
  },
);

test("a sentence nobody else would choose is accepted, spaces and all", () => {
  expect(whyNotPassword("my lab hums at night", "ada@example.com")).toBeUndefined();
});

test("an e-mail is kept in one form, so that two spellings are one account", () => {
  expect(
    SignUpInput.parse({ name: " Ada ", email: " Ada@Example.COM ", password: "my lab hums at night" }),
  ).toMatchObject({ name: "Ada", email: "ada@example.com" });
});

test("a refused password is reported at its field", () => {
  const result = SignUpInput.safeParse({ name: "Ada", email: "ada@example.com", password: "aaaaaaaaaaaa" });
  expect(result.error?.issues.map((issue) => issue.path.join("."))).toEqual(["password"]);
});
