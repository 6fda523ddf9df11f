"use client";
// What a kept mail says, as its reader would get it. That it was opened stands in the audit log.
import type { MailView } from "@homeport/api";
import { mailText, mailTitle, type MailText } from "@homeport/domain/text/mail-text";
import { Button } from "@homeport/ui/button";
import { CopyButton } from "@homeport/ui/copy-button";
import { Dialog } from "@homeport/ui/dialog";
import { Skeleton, SkeletonGroup } from "@homeport/ui/skeleton";
import { useEffect } from "react";
import { FormError } from "@/components/form-error";
import { trpc } from "@/lib/trpc";

export function MailDialog({ mail: { id, to, kind }, onClose }: { mail: MailView; onClose: () => void }) {
  const { mutate, data, error, isPending } = trpc.mails.open.useMutation();
  useEffect(() => {
    mutate({ id });
  }, [mutate, id]);
  const text = data && mailText(data.content, data.origin ?? window.location.origin);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={text?.subject ?? mailTitle[kind]}
      description={<span className="break-all">To {to}</span>}
      footer={
        <>
          {error !== null && (
            <Button
              pending={isPending}
              onClick={() => {
                mutate({ id });
              }}
            >
              Try again
            </Button>
          )}
          <Button variant="primary" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <FormError message={error?.message} />
      {text && <Letter text={text} />}
      {!text && error === null && (
        <SkeletonGroup label="Loading the mail" className="grid gap-3">
          <Skeleton className="h-5" />
          <Skeleton className="h-5 w-2/3" />
        </SkeletonGroup>
      )}
    </Dialog>
  );
}

function Letter({ text: { paragraphs, link } }: { text: MailText }) {
  return (
    <div className="grid gap-3 break-words">
      {paragraphs.slice(0, -1).map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      {link && (
        <p className="flex items-center gap-2">
          <a
            className="min-w-0 break-all text-accent underline underline-offset-2"
            href={link.href}
            target="_blank"
            rel="noreferrer"
          >
            {link.title}
          </a>
          <CopyButton value={link.href} label="Copy the link" />
        </p>
      )}
      <p className="text-muted">{paragraphs.at(-1)}</p>
    </div>
  );
}
