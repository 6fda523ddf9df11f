"use client";
// One line of the audit log as a sentence.
import type { ActivityView } from "@homeport/api";
import { Mono } from "@homeport/ui/mono";
import { RelativeTime } from "@homeport/ui/relative-time";
import { TableCell, TableRow } from "@homeport/ui/table";
import Link from "next/link";
import { actionText, detailText } from "./action-text";

const pages: Record<string, string> = { node: "/nodes", container: "/containers", run: "/runs", batch: "/batches" };

/** Of a person whom nobody knows, as they are not signed in. */
const bySomebody = new Set(["account.sign_in_failed", "account.ask_reset"]);

export function ActivityRow({
  item: { id, createdAt, actorName, actorEmail, action, targetType, targetId, targetName, ip, details },
  onTarget,
}: {
  item: ActivityView;
  onTarget: (targetType: string) => void;
}) {
  const page = targetType === null ? undefined : pages[targetType];
  const name = targetName ?? targetId;
  // Somebody acting on their own account is one name too many.
  const shown = name !== null && targetType !== "account" && targetType !== "session";
  const entries = Object.entries(details).filter(([, value]) => value !== null && value !== "");
  return (
    <TableRow>
      <TableCell className="text-muted">
        <RelativeTime at={createdAt} />
      </TableCell>
      <TableCell className="whitespace-nowrap" title={actorEmail ?? undefined}>
        {actorName ?? <span className="text-muted">{bySomebody.has(action) ? "Somebody" : "Homeport"}</span>}
      </TableCell>
      <TableCell className="min-w-52">
        {actionText(action)}{" "}
        {shown &&
          (page !== undefined && targetId !== null && !action.endsWith(".destroy") ? (
            <Link href={`${page}/${targetId}`} className="font-medium hover:underline">
              {name}
            </Link>
          ) : (
            <span className="font-medium">{name}</span>
          ))}
        {shown && targetType !== null && (
          <button
            type="button"
            onClick={() => {
              onTarget(targetType);
            }}
            className="ml-2 rounded-sm text-meta text-muted hover:underline"
            aria-label={`Only ${targetType} activity`}
          >
            {targetType}
          </button>
        )}
      </TableCell>
      <TableCell className="max-w-80">
        <details>
          <summary className="max-w-72 truncate text-meta text-muted">
            {entries.length === 0
              ? `entry ${id}`
              : entries.map(([key, value]) => `${key} ${detailText(key, value)}`).join(", ")}
          </summary>
          <dl className="py-1 text-meta">
            {[...entries, ...(actorEmail === null ? [] : [["by", actorEmail] as const]), ["entry", id] as const].map(
              ([key, value]) => (
                <div key={key}>
                  <dt className="inline text-muted">{key}: </dt>
                  <dd className="inline">
                    <Mono>{detailText(key, value)}</Mono>
                  </dd>
                </div>
              ),
            )}
          </dl>
        </details>
      </TableCell>
      <TableCell>{ip !== null && <Mono className="text-meta whitespace-nowrap text-muted">{ip}</Mono>}</TableCell>
    </TableRow>
  );
}
