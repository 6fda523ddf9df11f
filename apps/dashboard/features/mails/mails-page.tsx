"use client";
// The mails of the whole installation, for who set it up: what was sent, what waits, what was given up; without a mail server also what is in them.
import type { MailView } from "@homeport/api";
import { Banner } from "@homeport/ui/banner";
import { Card } from "@homeport/ui/card";
import { EmptyState } from "@homeport/ui/empty-state";
import { PageHeader } from "@homeport/ui/page-header";
import { Mails } from "lucide-react";
import { useState } from "react";
import { ListStates } from "@/components/list-states";
import { ShowOlder } from "@/components/show-older";
import { StaleNote } from "@/components/stale-note";
import { trpc } from "@/lib/trpc";
import { MailDialog } from "./mail-dialog";
import { MailRow } from "./mail-row";

const PAGE = 50;
/** A mail that is under way is sent within seconds. */
const AGAIN_MS = 5_000;

export function MailsPage() {
  const pages = trpc.mails.list.useInfiniteQuery(
    { limit: PAGE },
    { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined, refetchInterval: AGAIN_MS },
  );
  const [open, setOpen] = useState<MailView>();
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const newest = pages.data?.pages[0];
  const mailServer = newest?.mailServer === true;
  return (
    <>
      <PageHeader title="Mails" description={newest === undefined ? undefined : about(mailServer)} />
      {newest?.stands === true && (
        <Banner tone="bad" className="mb-4" title="Mails wait, and nothing tries to send them.">
          The worker does not run, or does not take the settings of the mail server: the file worker.log says why.
        </Banner>
      )}
      <StaleNote error={pages.error} updatedAt={pages.dataUpdatedAt} />
      <Card flush>
        <ListStates of={pages} what="The mails" loading="Loading the mails" rows={4} />
        {pages.data !== undefined && items.length === 0 && (
          <EmptyState icon={<Mails />} title="No mail yet">
            Invitations, new passwords and changes of an address send some.
          </EmptyState>
        )}
        <ul>
          {items.map((mail) => (
            <MailRow
              key={mail.id}
              mail={mail}
              mailServer={mailServer}
              onOpen={() => {
                setOpen(mail);
              }}
            />
          ))}
        </ul>
        <ShowOlder of={pages} />
      </Card>
      {open && (
        <MailDialog
          mail={open}
          onClose={() => {
            setOpen(undefined);
          }}
        />
      )}
    </>
  );
}

function about(mailServer: boolean): string {
  return mailServer
    ? "What Homeport sends, to anybody. Only you see this page, as you set this Homeport up; what is in a mail is for its reader alone."
    : "No mail server is set up, so what Homeport would send is kept here. Only you see it, as you set this Homeport up: hand each link over to its reader. The README says how to set a mail server up (HOMEPORT_SMTP_URL).";
}
