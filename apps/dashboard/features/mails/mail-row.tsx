"use client";
// One mail: to whom, what about, how it stands, and what can be done about it.
import type { MailView } from "@homeport/api";
import { mailFailureText, mailStateLabels } from "@homeport/domain/text/mail-state";
import { mailTitle } from "@homeport/domain/text/mail-text";
import { Button } from "@homeport/ui/button";
import { RelativeTime } from "@homeport/ui/relative-time";
import { StateBadge } from "@homeport/ui/state-badge";
import { toast } from "@homeport/ui/toast";
import { outcomeTitle } from "@/lib/requests/answer";
import { trpc, type ApiError } from "@/lib/trpc";

export function MailRow({ mail, onOpen }: { mail: MailView; onOpen: () => void }) {
  const { id, to, kind, state, tries, nextTryAt, lapsed, failure, response, createdAt } = mail;
  const utils = trpc.useUtils();
  const settle = {
    onSettled: () => void utils.mails.list.invalidate(),
    onError: (error: ApiError) => {
      toast.error(outcomeTitle(error, "The mail is as it was."), { description: error.message });
    },
  };
  const sendAgain = trpc.mails.sendAgain.useMutation(settle);
  const discard = trpc.mails.discard.useMutation(settle);
  const over = lapsed ? "Its link has ended." : undefined;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-2.5 last:border-0">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="font-medium">{mailTitle[kind]}</span>
          <StateBadge state={mailStateLabels[state]} plain />
        </p>
        <p className="text-meta text-muted">
          to <span className="break-all">{to}</span> · <RelativeTime at={createdAt} />
          {lapsed && " · its link has ended"}
        </p>
        {failure !== null && (
          <p className="text-meta">
            {mailFailureText[failure]}
            {response !== null && <span className="text-muted break-words"> “{response}”</span>}
            {state === "queued" && (
              <span className="text-muted">
                {" "}
                {tries === 1 ? "One try so far" : `${tries} tries so far`}; the next one <RelativeTime at={nextTryAt} />
                .
              </span>
            )}
          </p>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        {state === "kept" && (
          <Button size="sm" disabledReason={over} aria-label={`Open the mail to ${to}`} onClick={onOpen}>
            Open
          </Button>
        )}
        {state === "dead" && (
          <Button
            size="sm"
            disabledReason={over}
            pending={sendAgain.isPending}
            aria-label={`Send the mail to ${to} again`}
            onClick={() => {
              sendAgain.mutate({ id });
            }}
          >
            Send again
          </Button>
        )}
        {(state === "dead" || state === "kept") && (
          <Button
            size="sm"
            pending={discard.isPending}
            aria-label={`Discard the mail to ${to}`}
            onClick={() => {
              discard.mutate({ id });
            }}
          >
            Discard
          </Button>
        )}
      </div>
    </li>
  );
}
