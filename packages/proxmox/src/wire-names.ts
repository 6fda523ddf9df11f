// Names and addresses that a node reports and that end up in links, commands and paths: what is none of its kind is not passed on.
import { isIP } from "node:net";
import { z } from "zod";
import { maybeText, text } from "./wire-scalars";

/** Without a zone (`%eth0`), which has no meaning outside the guest and no place in a URL. */
export const isAddress = (value: string): boolean => isIP(value) !== 0 && !value.includes("%");

/** `10.0.0.5/24` or `10.0.0.5`; anything else is as absent. */
export const maybeCidr = maybeText.transform((value) => (value !== undefined && isCidr(value) ? value : undefined));

function isCidr(value: string): boolean {
  const [address = "", prefix, ...more] = value.split("/");
  return isAddress(address) && more.length === 0 && (prefix === undefined || /^\d{1,3}$/.test(prefix));
}

/** pve-common, PVE::JSONSchema `pve-node`. */
export const nodeName = text.refine(
  (name) => /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/.test(name),
  "not a node's name",
);
/** `pve-storage-id`, and the longest that a person would type. */
export const storageName = text.refine(
  (name) => /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}$/.test(name),
  "not a storage's name",
);
/** What Linux takes for an interface, without what a shell or a path would read as its own. */
export const interfaceName = text.refine(
  (name) => /^[a-zA-Z0-9][a-zA-Z0-9._:@-]{0,31}$/.test(name),
  "not an interface's name",
);
/** `9.2.11`, `8.4-1`, `9.0.0~10`. */
export const versionText = text.refine((version) => /^\d[\w.~+-]{0,60}$/.test(version), "not a version");
/** `storage:content/file`: printable, no blank and no quote. */
export const volumeName = text.refine(
  (volid) => /^[a-zA-Z0-9][a-zA-Z0-9._-]*:[^\s'"`$\\;&|<>\p{C}]{1,255}$/u.test(volid),
  "not a volume",
);

/** A member that cannot be read does not take the others with it: it is left out. For lists of what is offered, never of what must not be overlooked. */
export function readable<Member extends z.ZodType>(member: Member) {
  return z.array(z.unknown()).transform((members) =>
    members.flatMap((one): z.output<Member>[] => {
      const read = member.safeParse(one);
      return read.success ? [read.data] : [];
    }),
  );
}
