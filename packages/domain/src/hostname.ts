// A guest's hostname, as Proxmox takes it (pve-container, LXC/Config.pm: dns-name, 255) and as DNS limits a label.
import { z } from "zod";

const LABEL = /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/;

export const Hostname = z
  .string()
  .trim()
  .min(1, "A hostname is needed.")
  .max(255, "At most 255 characters.")
  .superRefine((value, context) => {
    for (const label of value.split(".")) {
      if (label.length > 63) context.addIssue({ code: "custom", message: "Each part between dots has at most 63 characters." });
      else if (!LABEL.test(label)) {
        context.addIssue({ code: "custom", message: "Letters, digits and hyphens only; a part neither starts nor ends with a hyphen." });
        return;
      }
    }
  });
