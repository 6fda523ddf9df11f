// What the browser and the authenticator do with a passkey. The library that speaks to them is fetched when somebody uses one.
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from "@simplewebauthn/browser";

export const loadCeremonies = () => import("@simplewebauthn/browser");

/** Null: the person put it aside, or the browser gave up waiting for them. */
export function usedPasskey(
  optionsJSON: PublicKeyCredentialRequestOptionsJSON,
): Promise<AuthenticationResponseJSON | null> {
  return ceremony(async () => (await loadCeremonies()).startAuthentication({ optionsJSON }));
}

export function madePasskey(
  optionsJSON: PublicKeyCredentialCreationOptionsJSON,
): Promise<RegistrationResponseJSON | null> {
  return ceremony(async () => (await loadCeremonies()).startRegistration({ optionsJSON }));
}

/** What is asked of the person is asked no more: null comes of it. */
export async function endCeremony(): Promise<void> {
  (await loadCeremonies()).WebAuthnAbortService.cancelCeremony();
}

async function ceremony<T>(perform: () => Promise<T>): Promise<T | null> {
  try {
    return await perform();
  } catch (error) {
    const problem = passkeyProblem(error instanceof Error ? error : new Error(String(error)));
    if (problem === null) return null;
    throw new Error(problem, { cause: error });
  }
}

/** In a sentence; null where the person put it aside, or the browser gave up waiting for them. */
export function passkeyProblem({ name, message }: { name: string; message: string }): string | null {
  // What Chromium answers at once where the certificate is not trusted has the name of what it answers who puts it aside.
  if (name === "NotAllowedError" && /certificate/i.test(message)) return untrusted;
  if (name === "NotAllowedError" || name === "AbortError") return null;
  return problems[name] ?? `Your browser could not use a passkey: ${message}`;
}

const untrusted = "Your browser uses no passkeys at this address. It wants https with a certificate that it trusts.";

/** By the names of WebAuthn, 5.1.3 and 5.1.4.1. */
const problems: Record<string, string> = {
  InvalidStateError: "This device has a passkey of your account already: use that one, or another device.",
  SecurityError: untrusted,
  ConstraintError:
    "This device cannot ask who uses it, by a fingerprint, a face or a PIN: set that up, or use another one.",
  NotSupportedError: "This device can make no passkeys that Homeport reads: use another one.",
};
