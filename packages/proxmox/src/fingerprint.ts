// A certificate is pinned by the SHA-256 of its DER bytes, written the way Proxmox and openssl do: AA:BB:…
import { createHash, timingSafeEqual } from "node:crypto";

/** `AA:BB:…` of a DER certificate. */
export function fingerprintOf(der: Buffer): string {
  const hex = createHash("sha256").update(der).digest("hex").toUpperCase();
  return hex.replace(/(..)(?!$)/g, "$1:");
}

/** Whether `der` is the pinned certificate; a pin that is not 32 bytes of hex matches nothing. */
export function matchesPin(der: Buffer, pinned: string): boolean {
  const pin = Buffer.from(pinned.replaceAll(":", "").trim(), "hex");
  const seen = createHash("sha256").update(der).digest();
  return pin.length === seen.length && timingSafeEqual(pin, seen);
}
