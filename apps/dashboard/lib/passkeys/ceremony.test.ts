// What a browser says of a passkey that it did not use, as the page says it.
import { expect, test } from "vitest";
import { passkeyProblem } from "./ceremony";

test("who puts it aside is told nothing; where the certificate is not trusted, that it is that", () => {
  const aside = "The operation either timed out or was not allowed. See: https://www.w3.org/TR/webauthn-2/.";
  expect(passkeyProblem({ name: "NotAllowedError", message: aside })).toBeNull();
  expect(passkeyProblem({ name: "AbortError", message: "Registration ceremony was sent an abort signal" })).toBeNull();
  const message = "WebAuthn is not supported on sites with TLS certificate errors.";
  expect(passkeyProblem({ name: "NotAllowedError", message })).toContain("a certificate that it trusts");
  expect(passkeyProblem({ name: "SecurityError", message: "" })).toContain("a certificate that it trusts");
  expect(passkeyProblem({ name: "UnknownError", message: "Odd." })).toBe("Your browser could not use a passkey: Odd.");
});
