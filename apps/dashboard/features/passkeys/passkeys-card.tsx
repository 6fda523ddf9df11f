"use client";
// The passkeys of the account: what each is called and when it was used; added, renamed and removed.
import type { PasskeyView } from "@homeport/api";
import { MOST_PASSKEYS } from "@homeport/domain/account/passkey-limit";
import { Button } from "@homeport/ui/button";
import { Card } from "@homeport/ui/card";
import dynamic from "next/dynamic";
import { useState } from "react";
import { ListStates } from "@/components/list-states";
import { StaleNote } from "@/components/stale-note";
import { useFetchedAhead } from "@/lib/hooks/use-fetched-ahead";
import { usePasskeysHere, whyNoPasskeys } from "@/lib/passkeys/here";
import { trpc } from "@/lib/trpc";
import { PasskeyRow } from "./passkey-row";

const load = () => import("./add-dialog").then(({ AddDialog }) => AddDialog);
const AddDialog = dynamic(load, { ssr: false });

export function PasskeysCard() {
  useFetchedAhead(load);
  const passkeys = trpc.passkeys.list.useQuery();
  const [adding, setAdding] = useState(false);
  const { place, items } = passkeys.data ?? { items: undefined };
  const here = usePasskeysHere(place ?? { why: "The passkeys are not loaded yet." }, "");
  const why = whyNoPasskeys(here);
  const full = items !== undefined && items.length >= MOST_PASSKEYS;
  return (
    <Card
      flush
      title="Passkeys"
      hint="With one you sign in by a fingerprint, a face or a PIN of your device, without the password. Once you have one, the password alone is not enough."
      actions={
        <Button
          size="sm"
          disabledReason={
            why ?? (full ? `You have ${MOST_PASSKEYS}, which is the most at once: remove one first.` : undefined)
          }
          onClick={() => {
            setAdding(true);
          }}
        >
          Add a passkey
        </Button>
      }
    >
      <StaleNote error={passkeys.error} updatedAt={passkeys.dataUpdatedAt} />
      <ListStates of={passkeys} what="The passkeys" loading="Loading the passkeys" rows={1} />
      {items?.length === 0 && <p className="px-4 py-3 text-muted">You have no passkey.</p>}
      {passkeys.data !== undefined && why !== undefined && (
        <p className="border-b px-4 py-3 text-muted last:border-0">{why}</p>
      )}
      <ul>
        {items?.map((passkey) => (
          <PasskeyRow
            key={passkey.id}
            passkey={passkey}
            left={without(items, passkey, rpIdOf(place))}
            here={rpIdOf(place)}
          />
        ))}
      </ul>
      {adding && (
        <AddDialog
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </Card>
  );
}

function without(items: readonly PasskeyView[], { id }: PasskeyView, here: string | undefined) {
  const others = items.filter((one) => one.id !== id);
  return { all: others.length, here: others.filter(({ rpId }) => rpId === here).length };
}

function rpIdOf(place: { rpId: string } | { why: string } | undefined): string | undefined {
  return place !== undefined && "rpId" in place ? place.rpId : undefined;
}
