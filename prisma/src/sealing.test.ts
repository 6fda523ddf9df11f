import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { createVault } from "./sealing";

const keys = { k1: randomBytes(32), k2: randomBytes(32) };
const place = { table: "ProxmoxNode", row: "a", column: "tokenSecret" } as const;

test("a sealed value opens where it was sealed and shows nothing of itself", () => {
  const vault = createVault({ current: "k1", keys });
  const sealed = vault.seal(place, "geheim ✓");
  expect(sealed).not.toContain("geheim");
  expect(vault.open(place, sealed)).toBe("geheim ✓");
});

test("a sealed value copied to another row or column does not open", () => {
  const vault = createVault({ current: "k1", keys });
  const sealed = vault.seal(place, "secret");
  expect(() => vault.open({ ...place, row: "b" }, sealed)).toThrow();
  expect(() => vault.open({ ...place, column: "sshPassword" }, sealed)).toThrow();
});

test("an altered value does not open", () => {
  const vault = createVault({ current: "k1", keys });
  const [version, nonce, body = ""] = vault.seal(place, "secret").split(".");
  const altered = Buffer.from(body, "base64");
  altered[0] = (altered[0] ?? 0) ^ 1;
  expect(() => vault.open(place, [version, nonce, altered.toString("base64")].join("."))).toThrow();
});

test("after a rotation the old values still open and new ones use the new key", () => {
  const old = createVault({ current: "k1", keys }).seal(place, "secret");
  const vault = createVault({ current: "k2", keys });
  expect(vault.open(place, old)).toBe("secret");
  expect(vault.seal(place, "secret")).toMatch(/^k2\./);
});

test("a missing key is an error, at the start and at opening", () => {
  expect(() => createVault({ current: "k3", keys })).toThrow("k3");
  const sealed = createVault({ current: "k2", keys }).seal(place, "secret");
  expect(() => createVault({ current: "k1", keys: { k1: keys.k1 } }).open(place, sealed)).toThrow("k2");
});
