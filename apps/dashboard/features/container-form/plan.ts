// The plan of a container in words: what will happen, in order, with every detail that was decided.
import { readAuthorizedKeys } from "@homeport/domain/container/authorized-keys";
import { list } from "@homeport/domain/container/field-kinds";
import { describeNetwork, NetworkShape } from "@homeport/domain/container/network";
import { networkFromForm } from "@homeport/domain/container/network-form";
import type { TemplateDefinition } from "@homeport/domain/template/template";
import { planProvision, type PlannedStep, type StepKind } from "@homeport/domain/run/run-plan";
import type { Draft } from "./draft";

export interface PlanLine extends PlannedStep {
  details: string[];
}

export interface PlanContext {
  definition: TemplateDefinition;
  nodeName: string;
}

export function planLines(draft: Draft, { definition, nodeName }: PlanContext): PlanLine[] {
  return planProvision(definition, draft, { checked: true }).map((step) => ({
    ...step,
    details: details[step.kind]?.({ draft, definition, nodeName, step }) ?? [],
  }));
}

interface Asked extends PlanContext {
  draft: Draft;
  step: PlannedStep;
}

const listed = (text: string): string => list.toText(list.fromForm(text));

const details: Partial<Record<StepKind, (asked: Asked) => string[]>> = {
  plan: () => ["The node is asked again, and its answer compared with this plan"],
  reserve: ({ draft, nodeName }) => [
    `${draft.vmid === "" ? "The next free VMID" : `VMID ${draft.vmid}`} on ${nodeName}`,
  ],
  image: ({ draft }) => [imageName(draft.osTemplate)],
  create: ({ draft }) => [
    `${draft.hostname}, from ${imageName(draft.osTemplate)}`,
    `${count(draft.cores, "core")}, ${draft.memoryMib} MiB memory, ${draft.swapMib === "0" ? "no" : `${draft.swapMib} MiB`} swap, ${draft.diskGib} GiB on ${draft.storage}`,
    `${draft.bridge}${draft.vlan === "" ? "" : `, VLAN ${draft.vlan}`}, ${describeDraft(draft)}`,
    ...(draft.nameservers.trim() === "" && draft.searchDomain === ""
      ? []
      : [
          `DNS ${[listed(draft.nameservers), draft.searchDomain.trim() && `search ${listed(draft.searchDomain)}`].filter(Boolean).join(", ")}`,
        ]),
    `${draft.unprivileged ? "Unprivileged" : "Privileged"}, ${draft.nesting ? "nesting" : "no nesting"}, ${draft.startOnBoot ? "starts with the node" : "does not start with the node"}`,
    ...(draft.sshPublicKey.trim() === ""
      ? []
      : [`SSH ${count(String(countKeys(draft.sshPublicKey)), "key")} for root`]),
    ...(draft.tags.trim() === "" ? [] : [`Tags ${listed(draft.tags)}`]),
  ],
  ready: () => ["Its system is up and it has an address"],
  files: ({ definition }) => definition.files.map(({ target }) => target),
  packages: ({ definition, draft }) => [
    definition.packages
      .filter(({ name }) => !draft.packagesOff.includes(name))
      .map(({ name }) => name)
      .join(", "),
  ],
  script: ({ definition, step }) =>
    definition.scripts
      .filter(({ name }) => name === step.script)
      .map(({ timeoutMinutes }) => `At most ${timeoutMinutes} min`),
  discover: ({ definition }) =>
    definition.ports.length === 0
      ? []
      : [`Expected: ${definition.ports.map(({ name, port }) => `${name} on ${port}`).join(", ")}`],
};

/** Texts that are no network yet are shown as they are typed. */
function describeDraft(draft: Draft): string {
  const network = NetworkShape.safeParse(networkFromForm(draft)).data;
  return network === undefined
    ? ""
    : describeNetwork(network)
        .replace(/^By DHCP/, "address by DHCP")
        .replace(/^(\S+\/\d+)(?=$|,)/, "$1, no gateway");
}

/** As many as would be sent; a text that is none is one thing to mend. */
function countKeys(text: string): number {
  const keys = readAuthorizedKeys(text);
  return typeof keys === "string" ? 1 : keys.length;
}

const count = (number: string, noun: string): string => `${number} ${noun}${number === "1" ? "" : "s"}`;

/** "debian-12-standard_12.12-1_amd64" of "local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst". */
export function imageName(volid: string): string {
  return (volid.split("/").at(-1) ?? volid).replace(/\.tar\.\w+$/, "");
}
