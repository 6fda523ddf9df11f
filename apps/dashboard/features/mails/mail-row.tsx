"use client";
// One mail: to whom, what about, how it stands, and what can be done about it.
import type { MailView } from "@homeport/api";
import { mailFailureText, mailStateLabels } from "@homeport/domain/text/mail-state";
import { mailTitle } from "@homeport/domain/text/mail-text";
import { Button } from "@homeport/ui/button";
import { ConfirmDialog } from "@homeport/ui/confirm-dialog";
import { RelativeTime } from "@homeport/ui/relative-time";
import { StateBadge } from "@homeport/ui/state-badge";
import { toast } from "@homeport/ui/toast";
import { useState } from "react";
import { outcomeTitle } from "@/lib/requests/answer";
import { trpc, type ApiError } from "@/lib/trpc";

export function MailRow({ mail, mailServer, onOpen }: { mail: MailView; mailServer: boolean; onOpen: () => void }) {
  const { id, to, kind, state, lapsed, createdAt } = mail;
  const utils = trpc.useUtils();
  const [asks, setAsks] = useState(false);
  const settle = {
    onSettled: () => void utils.mails.list.invalidate(),
    onError: (error: ApiError) => {
      toast.error(outcomeTitle(error, "The mail is as it was."), { description: error.message });
    },
  };
  const sendAgain = trpc.mails.sendAgain.useMutation(settle);
  const discard = trpc.mails.discard.useMutation({
    ...settle,
    onError: (error) => {
      // Else the dialog says it.
      if (!asks) settle.onError(error);
    },
  });
  const over = lapsed ? "Its link was used or has ended." : undefined;
  // Two mails to one person are told apart by what they are about.
  const named = `${mailTitle[kind]}, to ${to}`;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-2.5 last:border-0">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="font-medium">{mailTitle[kind]}</span>
          <StateBadge state={mailStateLabels[state]} plain />
        </p>
        <p className="text-meta text-muted">
          to <span className="break-all">{to}</span> · <RelativeTime at={createdAt} />
          {lapsed && state !== "sent" && " · its link was used or has ended"}
        </p>
        <Failure mail={mail} />
      </div>
      <div className="flex flex-wrap gap-2">
        {state === "kept" && !mailServer && (
          <Button size="sm" disabledReason={over} aria-label={`Open: ${named}`} onClick={onOpen}>
            Open
          </Button>
        )}
        {(state === "dead" || (state === "kept" && mailServer)) && (
          <Button
            size="sm"
            disabledReason={over}
            pending={sendAgain.isPending}
            aria-label={`${mailServer ? "Send" : "Keep"}: ${named}`}
            onClick={() => {
              sendAgain.mutate({ id });
            }}
          >
            {mailServer ? "Send" : "Keep here"}
          </Button>
        )}
        {(state === "dead" || state === "kept") && (
          <Button
            size="sm"
            pending={discard.isPending}
            aria-label={`Discard: ${named}`}
            onClick={() => {
              // Its link may be the only one that its reader has.
              if (lapsed) discard.mutate({ id });
              else {
                discard.reset();
                setAsks(true);
              }
            }}
          >
            Discard
          </Button>
        )}
      </div>
      <ConfirmDialog
        open={asks}
        onOpenChange={setAsks}
        title="Discard this mail?"
        description={<span className="break-all">{named}</span>}
        goes={["What is in it. Whoever needs its link asks for a new one."]}
        confirmLabel="Discard the mail"
        pending={discard.isPending}
        error={
          discard.error === null
            ? undefined
            : `${outcomeTitle(discard.error, "The mail is as it was.")} ${discard.error.message}`
        }
        onConfirm={() => {
          discard.mutate({ id });
        }}
      />
    </li>
  );
}

function Failure({ mail: { state, failure, response, tries, nextTryAt } }: { mail: MailView }) {
  if (failure === null) return null;
  return (
    <p className="text-meta">
      {mailFailureText[failure]}
      {response !== null && <span className="break-words text-muted"> “{response}”</span>}
      {state === "queued" && (
        <span className="text-muted">
          {" "}
          {tries === 1 ? "One try so far" : `${tries} tries so far`}; the next one <RelativeTime at={nextTryAt} />.
        </span>
      )}
    </p>
  );
}
