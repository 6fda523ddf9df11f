// What was answered for a passkey, checked by @simplewebauthn/server: signed for this challenge, at our address, by somebody whom the authenticator has verified.
import { verifyAuthenticationResponse, verifyRegistrationResponse } from "@simplewebauthn/server";
import { decodeAttestationObject, decodeClientDataJSON, isoBase64URL, isoCBOR } from "@simplewebauthn/server/helpers";
import type { Context } from "../context";
import type { Assertion, Registration } from "./answer";
import { takeChallenge, type Asked } from "./challenges";
import { requirePlace } from "./place";
import { lapsed, wrongPasskey } from "./refused";

/** Ed25519, ES256, RS256: what authenticators have today. */
export const ALGORITHMS = [-8, -7, -257];

/** Takes the challenge that was answered: throws "passkey.lapsed" unless it was open for this. */
export async function takeAnswered(
  { db, clock }: Pick<Context, "db" | "clock">,
  { clientDataJSON }: { clientDataJSON: string },
  asked: Asked,
): Promise<string> {
  const challenge = challengeIn(clientDataJSON);
  if (!(await takeChallenge(db, challenge, { ...asked, now: clock() }))) throw lapsed();
  return challenge;
}

export function challengeIn(clientDataJSON: string): string {
  try {
    return String(decodeClientDataJSON(clientDataJSON).challenge);
  } catch (error) {
    throw wrongPasskey(error);
  }
}

export interface Key {
  credentialId: string;
  publicKey: Uint8Array<ArrayBuffer>;
}

/** What the authenticator says of its use. */
export interface Use {
  counter: number;
  backedUp: boolean;
}

/** Throws "passkey.wrong". What its counter means is looked at where it is written: behind a lock (use.ts). */
export async function verifyAssertion(
  ctx: Pick<Context, "config">,
  answer: Assertion,
  { challenge, key }: { challenge: string; key: Key },
): Promise<Use> {
  const { rpId, origin } = requirePlace(ctx);
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...answer, response: definite(answer.response), clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      requireUserVerification: true,
      credential: { id: key.credentialId, publicKey: key.publicKey, counter: 0 },
    });
    if (!verified) throw new Error("the signature is another one");
    return { counter: authenticationInfo.newCounter, backedUp: authenticationInfo.credentialBackedUp };
  } catch (error) {
    throw wrongPasskey(error);
  }
}

/** Throws "passkey.wrong". */
export async function verifyRegistration(
  ctx: Pick<Context, "config">,
  answer: Registration,
  challenge: string,
): Promise<Key & Use> {
  const { rpId, origin } = requirePlace(ctx);
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: {
        ...answer,
        response: {
          clientDataJSON: answer.response.clientDataJSON,
          attestationObject: withoutAttestation(answer.response.attestationObject),
        },
        clientExtensionResults: {},
      },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (!verified) throw new Error("the attestation is another one");
    const { credential, credentialBackedUp } = registrationInfo;
    // The one that it was made with, whatever the answer calls it.
    if (credential.id !== answer.id) throw new Error("the credential has another id");
    return {
      credentialId: credential.id,
      publicKey: credential.publicKey,
      counter: credential.counter,
      backedUp: credentialBackedUp,
    };
  } catch (error) {
    throw wrongPasskey(error);
  }
}

/**
 * Who made an authenticator is not asked (`attestation: "none"`). What a client sends of it all the same is left out, as the library would look at
 * certificates in it, and ask the servers that they name whether they are revoked.
 */
function withoutAttestation(attestationObject: string): string {
  const authData = decodeAttestationObject(isoBase64URL.toBuffer(attestationObject)).get("authData");
  return isoBase64URL.fromBuffer(
    isoCBOR.encode(
      new Map<string, string | Map<string, string> | Uint8Array>([
        ["fmt", "none"],
        ["attStmt", new Map()],
        ["authData", authData],
      ]),
    ),
  );
}

/** Without what is not there, as the library's types want it. */
function definite({ userHandle, ...response }: Assertion["response"]) {
  return { ...response, ...(userHandle === undefined ? {} : { userHandle }) };
}
