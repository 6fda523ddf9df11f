"use client";
// Whether the record itself can be believed: what the worker's last look at its chain of hashes found.
import type { IntegrityView } from "@homeport/api";
import { Banner } from "@homeport/ui/banner";
import { RelativeTime } from "@homeport/ui/relative-time";
import { Skeleton } from "@homeport/ui/skeleton";
import { ShieldAlert, ShieldCheck } from "lucide-react";
import { useNow } from "@/lib/hooks/use-now";
import { trpc } from "@/lib/trpc";

/** The worker looks once an hour. */
const LATE_MS = 3 * 3_600_000;

export function IntegrityNote() {
  const now = useNow();
  const { data: integrity, error } = trpc.activity.integrity.useQuery();
  if (error !== null && integrity === undefined) return null; // the list below says why
  if (integrity === undefined) return <Skeleton className="mb-4 h-5 w-56" />;
  if (integrity === null)
    return <p className="mb-4 text-meta text-muted">Not verified yet: the worker does it soon after it starts.</p>;
  const checked = (
    <span>
      Checked <RelativeTime at={integrity.checkedAt} />.
    </span>
  );
  if (integrity.broken !== null)
    return (
      <Banner tone="bad" className="mb-4" title={<BrokenText broken={integrity.broken} />}>
        {checked} <IntactText {...integrity} />
      </Banner>
    );
  const isLate = now !== undefined && now.getTime() - integrity.checkedAt.getTime() > LATE_MS;
  return (
    <p className="mb-4 flex gap-x-1.5 text-meta text-muted">
      {isLate ? (
        <ShieldAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-wait" />
      ) : (
        <ShieldCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-good" />
      )}
      <span>
        <IntactText {...integrity} /> {checked}
        {isLate && " That is late: it is done once an hour, where Homeport’s worker runs."}
      </span>
    </p>
  );
}

function BrokenText({ broken }: { broken: NonNullable<IntegrityView["broken"]> }) {
  if (broken.kind === "elsewhere")
    return "An entry of this installation’s record that is not shown to you does not match: it was altered, or one before it removed.";
  const entry = (
    <>
      entry {broken.id} of{" "}
      <time suppressHydrationWarning dateTime={broken.createdAt.toISOString()}>
        {exact.format(broken.createdAt)}
      </time>
    </>
  );
  if (broken.kind === "removed") return <>Entries were removed: {entry} was there, and is gone.</>;
  if (broken.kind === "signature")
    return (
      <>
        A signature of the record is missing, or is not this Homeport’s own: it was made at {entry}. What stands before
        it may have been changed.
      </>
    );
  if (broken.kind === "table")
    return "The tables of the record are not as Homeport made them: what they show may not be what was written.";
  if (broken.kind === "memory")
    return (
      <>
        The newest entry that was signed is not in the record as it was: {entry}. Entries were taken back, or an older
        copy of the database was put back: “npm run audit:verify” on Homeport’s machine says more.
      </>
    );
  return <>The record was changed: {entry} does not match. It was altered, or one before it removed.</>;
}

function IntactText({ verifiedAt, signedAt, droppedUpTo, broken }: IntegrityView) {
  if (broken?.kind === "removed" && verifiedAt === null) return null;
  if (verifiedAt === null) return broken === null ? <span>No entry was altered or removed.</span> : null;
  const allSigned = signedAt !== null && signedAt >= verifiedAt;
  return (
    <span>
      No entry was altered or removed up to the one of <RelativeTime at={verifiedAt} />
      {broken === null && allSigned && ", and all are signed"}
      {broken === null && !allSigned && signedAt !== null && (
        <>
          {" "}
          (signed up to the one of <RelativeTime at={signedAt} />)
        </>
      )}
      .
      {droppedUpTo !== null && (
        <>
          {" "}
          Entries up to{" "}
          <time dateTime={droppedUpTo.toISOString()} suppressHydrationWarning>
            {exact.format(droppedUpTo)}
          </time>{" "}
          were dropped for their age.
        </>
      )}
    </span>
  );
}

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
