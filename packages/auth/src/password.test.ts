import { expect, test } from "vitest";
import { hash } from "@node-rs/argon2";
import { isKnownPassword } from "./known-passwords";
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

test("a password is the same in whatever Unicode form a keyboard sends it, also one whose hash is older than that rule", async () => {
  const [composed, decomposed] = ["Jos\u00e9 hums at night", "Jose\u0301 hums at night"];
  for (const [set, typed] of [
    [composed, decomposed],
    [decomposed, composed],
    ["\uff4dy lab hums", "my lab hums"],
  ] as const)
    expect(await verifyPassword(await hashPassword(set), typed)).toBe(true);
  expect(await verifyPassword(await hash(decomposed, { algorithm: 2 }), decomposed)).toBe(true);
  expect(await verifyPassword(await hashPassword(composed), "Jose hums at night")).toBe(false);
});

test.each([
  "password123",
  "Qwertyuiop",
  "1q2w3e4r5t",
  "iloveyou123",
  "Proxmox1234",
  "homeporthomeport",
  "dragondragon",
  "PASSWORD123!",
  " letmein123 ",
])("%s is among the first that are tried", (password) => {
  expect(isKnownPassword(password)).toBe(true);
});

test.each(["my lab hums at night", "correct horse 7f3a", "Zt5k-Xq7w-0123"])("%s is not", (password) => {
  expect(isKnownPassword(password)).toBe(false);
});

test("token, stored id and the id on the screen cannot be had from one another by looking", () => {
  const token = newToken();
  const names = [token, hashToken(token), publicSessionId(hashToken(token))];
  expect(new Set(names.map((name) => name.slice(0, 12))).size).toBe(3);
  expect(token).toMatch(/^[\w-]{43}$/);
});
