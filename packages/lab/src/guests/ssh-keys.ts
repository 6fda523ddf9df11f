// Public keys a container is given must parse, line by line (pve-common, Tools::validate_ssh_public_keys).

import ssh2 from "ssh2";
import { died } from "../http/api-error";

export function checkKeys(text: string): void {
  for (const line of text.split("\n").filter((candidate) => candidate.trim() !== "")) {
    if (ssh2.utils.parseKey(line.trim()) instanceof Error) throw died("SSH public key validation error");
  }
}
