// The create call as somebody would type it on the node.
import type { PlanDocument } from "./plan";

/** One option a line; for reading and for typing, except where a value stands in angle brackets. */
export function planCommand({ vmid, image, config }: Pick<PlanDocument, "vmid" | "image" | "config">): string {
  const options = config
    .filter(({ option }) => option !== "vmid" && option !== "ostemplate")
    .map(({ option, value }) => `--${option} ${quote(option, value)}`);
  return [`pct create ${vmid.typed ?? vmid.likely ?? "<next free VMID>"} ${image.volid}`, ...options].join(" \\\n  ");
}

function quote(option: string, value: string): string {
  // pct takes a file here, the API the keys themselves.
  if (option === "ssh-public-keys") return "<file with the keys>";
  return /^[\w.,:=/@+-]+$/.test(value) ? value : `'${value.trimEnd().replaceAll("'", `'\\''`)}'`;
}
