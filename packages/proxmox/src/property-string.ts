// Proxmox packs structured options into one string: `name=eth0,bridge=vmbr0,ip=dhcp`.

/** Packs `properties`; undefined ones are left out, booleans become 1 and 0. Throws `RangeError` on a value that would break out of its place. */
export function formatProperties(properties: Readonly<Record<string, string | number | boolean | undefined>>): string {
  const parts: string[] = [];
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    const text = typeof value === "boolean" ? String(Number(value)) : String(value);
    if (/[,\n]/.test(text)) throw new RangeError(`${key} must not contain a comma or a line break`);
    parts.push(`${key}=${text}`);
  }
  return parts.join(",");
}

/** Unpacks a property string. A part without a key, as the volume of `rootfs`, is found under `""`. */
export function parseProperties(packed: string): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const part of packed.split(",")) {
    if (part === "") continue;
    const at = part.indexOf("=");
    properties[at < 0 ? "" : part.slice(0, at)] = part.slice(at + 1);
  }
  return properties;
}
