// Where VMIDs may come from: both ends, or none.
import type { z } from "zod";
import { Vmid } from "../container/vmid";

/** Both ends or none: refineRange says so. */
export const VmidRange = { vmidFrom: Vmid.nullable(), vmidTo: Vmid.nullable() };

interface Ends {
  vmidFrom?: number | null | undefined;
  vmidTo?: number | null | undefined;
}

/** Why these are no range, at the field that has to change; `undefined` when they are one, or none at all. */
function whyNotRange({ vmidFrom, vmidTo }: Ends): { field: "vmidFrom" | "vmidTo"; why: string } | undefined {
  if ((vmidFrom ?? null) === null)
    return (vmidTo ?? null) === null ? undefined : { field: "vmidFrom", why: "A range needs its first VMID." };
  if ((vmidTo ?? null) === null) return { field: "vmidTo", why: "A range needs its last VMID." };
  return Number(vmidTo) < Number(vmidFrom) ? { field: "vmidTo", why: "It is below the first one." } : undefined;
}

export function refineRange(ends: Ends, context: z.RefinementCtx): void {
  const problem = whyNotRange(ends);
  if (problem) context.addIssue({ code: "custom", path: [problem.field], message: problem.why });
}
