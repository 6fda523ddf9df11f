// Asks a node whether a VMID is free. Nothing is kept.
import type { VmidAnswer, VmidQuestion } from "../activities/plan-ports";
import { planning } from "./activities";
import { requireSealed } from "./sealed";

export async function askVmid(question: VmidQuestion): Promise<VmidAnswer> {
  requireSealed(question);
  return planning().askVmid(question);
}
