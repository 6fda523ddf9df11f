// The limits of a share in one line.
import type { NodeShare } from "@homeport/api";
import { QuotaParts } from "@homeport/domain/quota/quota";
import { shareText } from "@homeport/domain/text/quota";

/** "2 of 5 containers · storages tank, local-zfs · VMIDs 500–599 · unprivileged containers only". */
export function limitsText({ limits, used }: Pick<NodeShare, "limits" | "used">): string {
  const { storages, bridges, templates, vmidFrom, vmidTo, privileged, quota } = limits;
  const named = (what: string, names: readonly string[]): string[] =>
    names.length === 0 ? [] : [`${what} ${names.join(", ")}`];
  const parts = [
    ...QuotaParts.flatMap((part) => {
      const limit = quota[part];
      return limit === null ? [] : [shareText(part, used[part], limit)];
    }),
    ...named("storages", storages),
    ...named("bridges", bridges),
    ...named("templates", templates),
    ...(vmidFrom === null || vmidTo === null ? [] : [`VMIDs ${vmidFrom}–${vmidTo}`]),
    privileged ? "privileged containers too" : "unprivileged containers only",
  ];
  return parts.join(" · ");
}
