// Bytes cut anywhere as a string that can be turned back into exactly those bytes: what is no UTF-8 becomes lone surrogates.

/** A byte that belongs to no character, as a surrogate that no valid UTF-8 decodes to (Python's "surrogateescape"). */
const LONE = 0xdc00;
export const loneBytes = /[\uDC80-\uDCFF]/gu;

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** `rest`: a character that is cut at the end, 0 to 3 bytes; with `last` nothing more comes and it is decoded as what it is. */
export function decode(bytes: Buffer, last: boolean): { text: string; rest: Buffer } {
  const end = last ? bytes.length : bytes.length - cutTail(bytes);
  const whole = bytes.subarray(0, end);
  return { text: strict(whole) ?? repaired(whole), rest: bytes.subarray(end) };
}

/** How many bytes `text` was decoded from. */
export function sourceLength(text: string): number {
  return Buffer.byteLength(text) - 2 * (text.match(loneBytes)?.length ?? 0);
}

function strict(bytes: Buffer): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

function repaired(bytes: Buffer): string {
  let text = "";
  let good = 0;
  for (let at = 0; at < bytes.length;) {
    const length = lengthOf(bytes[at] ?? 0);
    if (
      length === 1 ||
      (length > 1 && at + length <= bytes.length && strict(bytes.subarray(at, at + length)) !== undefined)
    ) {
      at += length;
      continue;
    }
    text += bytes.toString("utf8", good, at) + String.fromCharCode(LONE + (bytes[at] ?? 0));
    at += 1;
    good = at;
  }
  return text + bytes.toString("utf8", good);
}

function cutTail(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return lengthOf(byte) > back ? back : 0;
  }
  return 0;
}

function lengthOf(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xf0 && lead < 0xf8) return 4;
  if (lead >= 0xe0) return lead < 0xf0 ? 3 : 0;
  return lead >= 0xc0 ? 2 : 0;
}
