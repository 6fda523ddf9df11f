import { expect, test } from "vitest";
import { hashPassword, verifyPassword } from "./password";
import { hashToken, newToken, publicSessionId } from "./token";

test("a password is stored as Argon2id with the agreed cost, salted anew each time", async () => {
  const [one, two] = await Promise.all([hashPassword("my lab hums at night"), hashPassword("my lab hums at night")]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(two);
  expect(await verifyPassword(one, "my lab hums at night")).toBe(true);
  expect(await verifyPassword(one, "my lab hums at nigh")).toBe(false);
});

test("an account that does not exist has no right password, the decoy's own included", async () => {
  expect(await verifyPassword(undefined, "no account has this hash")).toBe(false);
});

test("token, stored id and the id on the screen cannot be had from one another by looking", () => {
  const token = newToken();
  const names = [token, hashToken(token), publicSessionId(hashToken(token))];
  expect(new Set(names.map((name) => name.slice(0, 12))).size).toBe(3);
  expect(token).toMatch(/^[\w-]{43}$/);
});
