// The limits of a share between its row and the document that people read and write.
import type { Prisma } from "@homeport/db/client";
import type { ShareLimits } from "@homeport/domain/node/share-limits";
import { quotaChange, quotaColumns } from "../../quotas/columns";

export const limitColumns = {
  storages: true,
  bridges: true,
  templates: true,
  vmidFrom: true,
  vmidTo: true,
  privileged: true,
  ...quotaColumns,
} as const satisfies Prisma.ProjectNodeSelect;
type Row = Prisma.ProjectNodeGetPayload<{ select: typeof limitColumns }>;

export function toLimits({ storages, bridges, templates, vmidFrom, vmidTo, privileged, ...quota }: Row): ShareLimits {
  const { containers, cores, memoryMib, diskGib } = quota;
  return {
    storages,
    bridges,
    templates,
    vmidFrom,
    vmidTo,
    privileged,
    quota: { containers, cores, memoryMib, diskGib },
  };
}

/** Before and after of what changes, for the audit log; undefined: nothing does. */
export function limitsChange(before: ShareLimits, after: ShareLimits): Record<string, string> | undefined {
  const texts = { before: asTexts(before), after: asTexts(after) };
  const keys = Object.keys(texts.before) as (keyof typeof texts.before)[]; // its own keys
  const changed = keys.filter((key) => texts.before[key] !== texts.after[key]);
  const details = {
    ...Object.fromEntries(changed.map((key) => [key, `${texts.before[key]} → ${texts.after[key]}`])),
    ...quotaChange(before.quota, after.quota),
  };
  return Object.keys(details).length === 0 ? undefined : details;
}

function asTexts({ storages, bridges, templates, vmidFrom, vmidTo, privileged }: ShareLimits) {
  const names = (list: readonly string[]): string => (list.length === 0 ? "all" : list.join(", "));
  return {
    storages: names(storages),
    bridges: names(bridges),
    templates: names(templates),
    vmids: vmidFrom === null || vmidTo === null ? "all" : `${vmidFrom}–${vmidTo}`,
    privileged: privileged ? "allowed" : "refused",
  };
}
