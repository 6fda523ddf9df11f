// A draft from what another run was made with: "with changes".
import type { RunInput } from "@homeport/api";
import { type Draft, emptyDraft, freeHostname, networkDraft, type Suggestions } from "@/features/container-form";

/** A hostname that is taken meanwhile becomes the next free one. The template is its newest revision, where it is still offered. */
export function draftFromRun({ input, templateName, currentRevisionId }: RunInput, taken: readonly string[]): Draft {
  const {
    network,
    vmid,
    vlan,
    cores,
    memoryMib,
    swapMib,
    diskGib,
    nameservers,
    tags,
    templateRevisionId,
    hostname,
    ...rest
  } = input;
  return {
    ...emptyDraft,
    ...rest,
    templateName,
    templateRevisionId: currentRevisionId ?? templateRevisionId,
    hostname: freeHostname(hostname, taken),
    vmid: vmid === null ? "" : String(vmid),
    vlan: vlan === null ? "" : String(vlan),
    cores: String(cores),
    memoryMib: String(memoryMib),
    swapMib: String(swapMib),
    diskGib: String(diskGib),
    nameservers: nameservers.join(" "),
    tags: tags.join(" "),
    ...networkDraft(network),
  };
}

/** As if something else had been suggested for every field: then each counts as decided, and no suggestion replaces it. */
export function decided(draft: Draft): Suggestions {
  return Object.fromEntries(
    Object.entries(draft).map(([field, value]) => [
      field,
      typeof value === "boolean" ? !value : typeof value === "string" ? `${value} ` : value,
    ]),
  );
}
