// Where passkeys can be used, as the page says it.
import { expect, test } from "vitest";
import { passkeysHere, whyNoPasskeys } from "./here";

const place = { rpId: "localhost", origin: "http://localhost:3000" };

const named = { origin: "http://localhost:3000", hasPasskeys: true };
const numbered = { ...named, origin: "http://127.0.0.1:3000" };

test.each([
  [place, named, "usable"],
  [place, { ...named, hasPasskeys: false }, "unable"],
  [place, numbered, { elsewhere: "http://localhost:3000" }],
  [{ why: "Plain http." }, { origin: "http://homeport.lan", hasPasskeys: false }, { why: "Plain http." }],
] as const)("%o on %o: %o", (...[of, browser, here]) => {
  expect(passkeysHere(of, browser)).toEqual(here);
});

test("a button that refuses says why", () => {
  expect(whyNoPasskeys("usable")).toBeUndefined();
  expect(whyNoPasskeys("unable")).toBe("This browser has no passkeys.");
  expect(whyNoPasskeys({ elsewhere: "http://localhost:3000" })).toContain("at http://localhost:3000: open it there");
  expect(whyNoPasskeys({ why: "Plain http." })).toBe("Plain http.");
});
