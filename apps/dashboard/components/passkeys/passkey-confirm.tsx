"use client";
// A passkey in the place of the password or a code, for who is signed in: a button, where there is one that can be used on this page.
import type { AuthenticationResponseJSON } from "@simplewebauthn/browser";
import { Button } from "@homeport/ui/button";
import { FormError } from "@/components/form-error";
import { usePasskeysHere } from "@/lib/passkeys/here";
import { usePasskey } from "@/lib/passkeys/use-passkey";
import { trpc } from "@/lib/trpc";

interface Props {
  purpose?: "confirm" | "renew_codes";
  send: (answer: AuthenticationResponseJSON) => Promise<unknown>;
}

export function PasskeyConfirm({ purpose = "confirm", send }: Props) {
  const { data } = trpc.passkeys.list.useQuery();
  const begin = trpc.passkeys.beginConfirm.useMutation();
  const { pending, problem, run } = usePasskey({ begin: () => begin.mutateAsync({ purpose }), send });
  const here = usePasskeysHere(data?.place ?? { why: "" }, "");
  const place = data?.place;
  if (here !== "usable" || place === undefined || "why" in place) return null;
  if (!data?.items.some(({ rpId }) => rpId === place.rpId)) return null;
  return (
    <div className="grid gap-2 justify-items-start">
      <FormError message={problem} />
      <Button pending={pending} onClick={run}>
        Use a passkey
      </Button>
    </div>
  );
}
