"use client";
// One use of a passkey: what is to be signed comes from the server, the authenticator signs it, and the server judges it.
import type { AuthenticationResponseJSON, PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/browser";
import { useEffect, useRef, useState } from "react";
import { endCeremony, loadCeremonies, usedPasskey } from "./ceremony";

interface Steps {
  begin: () => Promise<PublicKeyCredentialRequestOptionsJSON>;
  send: (answer: AuthenticationResponseJSON) => Promise<unknown>;
}

/** `problem`: a sentence; none where the person put it aside. */
export function usePasskey({ begin, send }: Steps) {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const asks = useRef(false);
  const isThere = useRef(true);
  useEffect(() => {
    isThere.current = true;
    return () => {
      isThere.current = false;
      // Nothing is done that nobody sees any more.
      if (asks.current) void endCeremony();
    };
  }, []);
  const perform = async (): Promise<void> => {
    // Meanwhile; what goes wrong with it is said when it is needed.
    loadCeremonies().catch(() => undefined);
    const options = await begin();
    if (!isThere.current) return;
    asks.current = true;
    const answer = await usedPasskey(options).finally(() => {
      asks.current = false;
    });
    if (answer !== null && isThere.current) await send(answer);
  };
  const run = (): void => {
    if (pending) return;
    setProblem(undefined);
    setPending(true);
    perform()
      .catch((error: unknown) => {
        setProblem(error instanceof Error ? error.message : String(error));
      })
      .finally(() => {
        setPending(false);
      });
  };
  return { pending, problem, run };
}
