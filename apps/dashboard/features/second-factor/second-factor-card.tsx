"use client";
// Whether signing in takes a code of an authenticator app besides the password; turned on, off, and the account's recovery codes made anew.
import { Badge } from "@homeport/ui/badge";
import { Button } from "@homeport/ui/button";
import { Card } from "@homeport/ui/card";
import { RelativeTime } from "@homeport/ui/relative-time";
import dynamic from "next/dynamic";
import { useState } from "react";
import { ListStates } from "@/components/list-states";
import { StaleNote } from "@/components/stale-note";
import { useFetchedAhead } from "@/lib/hooks/use-fetched-ahead";
import { trpc } from "@/lib/trpc";

const load = () => import("./dialogs").then(({ SecondFactorDialog }) => SecondFactorDialog);
const SecondFactorDialog = dynamic(load, { ssr: false });

export function SecondFactorCard() {
  useFetchedAhead(load);
  const factor = trpc.secondFactor.show.useQuery();
  const [open, setOpen] = useState<"set-up" | "turn-off" | "renew">();
  const on = factor.data !== undefined && factor.data.confirmedAt !== null;
  const hasPasskeys = factor.data !== undefined && factor.data.passkeys > 0;
  return (
    <Card
      title="Two-factor sign-in"
      hint="Besides the password, a code that an app on your phone shows: who learns your password alone is not let in."
    >
      <StaleNote error={factor.error} updatedAt={factor.dataUpdatedAt} />
      <ListStates of={factor} what="Two-factor sign-in" loading="Loading two-factor sign-in" rows={1} />
      {factor.data && (
        <div className="grid gap-4">
          {factor.data.confirmedAt === null ? (
            <div>
              <p>
                {hasPasskeys
                  ? "No app is set up: besides your password, a passkey or a recovery code is asked for."
                  : "It is off: your password is enough."}
              </p>
              {hasPasskeys && <p className="text-meta text-muted">{leftText(factor.data.recoveryCodesLeft)}</p>}
            </div>
          ) : (
            <p className="flex flex-wrap items-center gap-x-2">
              <Badge tone="accent">on</Badge>
              <span>
                since <RelativeTime at={factor.data.confirmedAt} /> · {leftText(factor.data.recoveryCodesLeft)}
              </span>
            </p>
          )}
          <div className="flex flex-wrap gap-2">
            {(on || hasPasskeys) && (
              <Button
                onClick={() => {
                  setOpen("renew");
                }}
              >
                New recovery codes
              </Button>
            )}
            {on ? (
              <Button
                onClick={() => {
                  setOpen("turn-off");
                }}
              >
                Turn off
              </Button>
            ) : (
              <Button
                onClick={() => {
                  setOpen("set-up");
                }}
              >
                Set up an app
              </Button>
            )}
          </div>
        </div>
      )}
      {open !== undefined && (
        <SecondFactorDialog
          which={open}
          onClose={() => {
            setOpen(undefined);
          }}
        />
      )}
    </Card>
  );
}

function leftText(count: number): string {
  if (count === 0) return "no recovery code is left";
  return count === 1 ? "one recovery code is left" : `${count} recovery codes are left`;
}
