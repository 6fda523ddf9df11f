// Percent-decoding as Proxmox does it: every %XX is a byte, and bytes that are no UTF-8 become U+FFFD (pve-http-server, AnyEvent.pm).

/** `%zz` stays as it is; never throws. */
export function percentDecoded(text: string): string {
  const bytes = Buffer.from(text, "utf8").toString("latin1");
  return Buffer.from(
    bytes.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  ).toString("utf8");
}
