// Where a request stands, and for whom it waits, in words.
import type { ApprovalView } from "@homeport/api";
import { amountText } from "@homeport/domain/text/quota";

export const approvalStates: Record<
  ApprovalView["state"],
  { label: string; tone: "neutral" | "accent" | "wait" | "bad" }
> = {
  open: { label: "Open", tone: "wait" },
  approved: { label: "Approved", tone: "accent" },
  refused: { label: "Refused", tone: "bad" },
  withdrawn: { label: "Withdrawn", tone: "neutral" },
  lapsed: { label: "Lapsed", tone: "neutral" },
};

export const quotaOwners: Record<ApprovalView["waitsFor"][number], string> = {
  share: "the node's owner",
  project: "an owner or administrator of the organization",
  organization: "an owner of the organization",
  person: "who set this Homeport up",
};

/** "nginx on pve: 2 cores, 512 MiB of memory, 4 GiB of disk on local-lvm, vmbr0, VMID automatic, unprivileged". */
export function specText({ spec, template, node }: Pick<ApprovalView, "spec" | "template" | "node">): string {
  const { vmid, cores, memoryMib, diskGib, storage, bridge, vlan, unprivileged } = spec;
  const parts = [
    amountText("cores", cores),
    amountText("memoryMib", memoryMib),
    `${amountText("diskGib", diskGib)} on ${storage}`,
    `${bridge}${vlan === null ? "" : `, VLAN ${vlan}`}`,
    vmid === null ? "VMID automatic" : `VMID ${vmid}`,
    unprivileged ? "unprivileged" : "privileged",
  ];
  return `${template === "" ? "A container" : template} on ${node}: ${parts.join(", ")}`;
}
