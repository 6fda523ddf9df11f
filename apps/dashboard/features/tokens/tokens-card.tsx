"use client";
// The API tokens of the account: what each may do, when it was used last, and the button that ends it.
import { Button } from "@homeport/ui/button";
import { Card } from "@homeport/ui/card";
import dynamic from "next/dynamic";
import { useState } from "react";
import { ListStates } from "@/components/list-states";
import { StaleNote } from "@/components/stale-note";
import { useFetchedAhead } from "@/lib/hooks/use-fetched-ahead";
import { trpc } from "@/lib/trpc";
import { TokenRow } from "./token-row";

const load = () => import("./new-token-dialog").then(({ NewTokenDialog }) => NewTokenDialog);
const NewTokenDialog = dynamic(load, { ssr: false });

export function TokensCard() {
  useFetchedAhead(load);
  const tokens = trpc.tokens.list.useQuery();
  const [making, setMaking] = useState(false);
  return (
    <Card
      flush
      title="API tokens"
      hint="Programs use Homeport in your name with them, each within what you give it."
      actions={
        <Button
          size="sm"
          onClick={() => {
            setMaking(true);
          }}
        >
          New token
        </Button>
      }
    >
      <StaleNote error={tokens.error} updatedAt={tokens.dataUpdatedAt} />
      <ListStates of={tokens} what="The API tokens" loading="Loading the API tokens" rows={1} />
      {tokens.data?.length === 0 && <p className="px-4 py-3 text-muted">There is none.</p>}
      <ul>
        {tokens.data?.map((token) => (
          <TokenRow key={token.id} token={token} />
        ))}
      </ul>
      {making && (
        <NewTokenDialog
          onClose={() => {
            setMaking(false);
          }}
        />
      )}
    </Card>
  );
}
