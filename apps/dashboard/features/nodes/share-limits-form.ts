// The limits of a share as a form holds them: lists that are null stand for all, VMIDs and amounts as they were typed.
import type { NodeShare } from "@homeport/api";
import {
  type QuotaProblems,
  problemsOf as quotaProblems,
  readQuota,
  type QuotaTexts,
  toTexts,
} from "@/components/quota/quota-form";

type ShareLimits = NodeShare["limits"];
const lists = ["storages", "bridges", "templates"] as const;
const ends = ["vmidFrom", "vmidTo"] as const;

type LimitsForm = Record<(typeof lists)[number], string[] | null> &
  Record<(typeof ends)[number], string> & { privileged: boolean; quota: QuotaTexts };
export type LimitsProblems = Partial<Record<(typeof lists)[number] | (typeof ends)[number], string>> & {
  quota?: QuotaProblems;
};

const orAll = (names: string[]): string[] | null => (names.length === 0 ? null : names);
const toText = (vmid: number | null): string => (vmid === null ? "" : String(vmid));

export function toForm({ storages, bridges, templates, vmidFrom, vmidTo, privileged, quota }: ShareLimits): LimitsForm {
  return {
    storages: orAll(storages),
    bridges: orAll(bridges),
    templates: orAll(templates),
    vmidFrom: toText(vmidFrom),
    vmidTo: toText(vmidTo),
    privileged,
    quota: toTexts(quota),
  };
}

/** What is no number is found here; whether the numbers are a range, the server says at the same inputs. */
export function readLimits(form: LimitsForm): { limits: ShareLimits } | { problems: LimitsProblems } {
  const problems: LimitsProblems = {};
  for (const list of lists) if (form[list]?.length === 0) problems[list] = "Choose at least one, or all.";
  for (const end of ends)
    if (!/^\d*$/.test(form[end].trim())) problems[end] = "A whole number, or nothing: as the node.";
  const quota = readQuota(form.quota);
  if ("problems" in quota) problems.quota = quota.problems;
  if ("problems" in quota || Object.keys(problems).length > 0) return { problems };
  const number = (text: string): number | null => (text.trim() === "" ? null : Number(text));
  return {
    limits: {
      storages: form.storages ?? [],
      bridges: form.bridges ?? [],
      templates: form.templates ?? [],
      vmidFrom: number(form.vmidFrom),
      vmidTo: number(form.vmidTo),
      privileged: form.privileged,
      quota: quota.quota,
    },
  };
}

/** What the server answered about single inputs: "limits.vmidTo". */
export function problemsOf(fields: Readonly<Record<string, string>> | null | undefined): LimitsProblems {
  const problems: LimitsProblems = {};
  for (const name of [...lists, ...ends]) {
    const message = Object.entries(fields ?? {}).find(([path]) => path.split(".")[1] === name)?.[1];
    if (message !== undefined) problems[name] = message;
  }
  const quota = quotaProblems(fields);
  return Object.keys(quota).length === 0 ? problems : { ...problems, quota };
}
