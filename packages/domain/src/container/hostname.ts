// A guest's hostname, as Proxmox takes it (pve-common, JSONSchema.pm: dns-name; pve-container, LXC/Config.pm: 255) and as DNS limits a label.
import { z } from "zod";

const LABEL = /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/;

export const Hostname = z
  .string()
  .trim()
  .min(1, "A hostname is needed.")
  .max(255, "At most 255 characters.")
  .superRefine((value, context) => {
    const why = whyNotDnsName(value);
    if (why !== undefined) context.addIssue({ code: "custom", message: why });
  });

/** How many a resolver tries, and the characters of all (resolv.conf(5), before glibc 2.26). */
const DOMAINS_MAX = 6;
const DOMAINS_LENGTH_MAX = 256;

/** One or more domains that short names are looked up in; separated by blanks, commas or semicolons, kept with blanks. "": the node's own. */
export const SearchDomains = z
  .string()
  .max(1_000, "At most 1,000 characters.")
  .transform((text) =>
    text
      .split(/[\s,;]+/)
      .filter((domain) => domain !== "")
      .map((domain) => domain.replace(/\.$/, "")),
  )
  .superRefine((domains, context) => {
    if (domains.length > DOMAINS_MAX)
      context.addIssue({ code: "custom", message: `At most ${DOMAINS_MAX} search domains: resolvers try no more.` });
    else if (domains.join(" ").length > DOMAINS_LENGTH_MAX)
      context.addIssue({ code: "custom", message: `At most ${DOMAINS_LENGTH_MAX} characters in all.` });
    for (const domain of domains.slice(0, DOMAINS_MAX)) {
      const why = whyNotDnsName(domain);
      if (why !== undefined)
        context.addIssue({ code: "custom", message: domains.length === 1 ? why : `${domain}: ${why}` });
    }
  })
  .transform((domains) => domains.join(" "));

function whyNotDnsName(name: string): string | undefined {
  for (const label of name.split(".")) {
    if (label.length > 63) return "Each part between dots has at most 63 characters.";
    if (LABEL.test(label)) continue;
    if (label === "") return "No part between dots is empty: it neither begins nor ends with a dot.";
    if (/^[\w-]*$/.test(label) && label.includes("_"))
      return "Proxmox takes no underscores in a container's names: letters, digits and hyphens only.";
    return "Letters, digits and hyphens only; a part neither starts nor ends with a hyphen.";
  }
  return undefined;
}
