// A stream of bytes cut anywhere, as text that PostgreSQL takes, byte for byte as long as the original.

/** `bytes` without a character that is cut at its end, unless nothing more will come (`last`). What is no UTF-8 becomes "?", byte by byte. */
export function wholeCharacters(bytes: Buffer, last: boolean): Buffer {
  const whole = last ? bytes : bytes.subarray(0, bytes.length - cutTail(bytes));
  return isText(whole) ? whole : Buffer.from(repaired(whole));
}

/** How many bytes at the end begin a character that does not end here: 0 to 3. */
function cutTail(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return lengthOf(byte) > back ? back : 0;
  }
  return 0;
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** PostgreSQL's text takes all of UTF-8 but the zero byte. */
function isText(bytes: Buffer): boolean {
  if (bytes.includes(0)) return false;
  try {
    decoder.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function repaired(bytes: Buffer): Buffer {
  const out = Buffer.from(bytes);
  for (let at = 0; at < out.length; ) {
    const length = lengthOf(out[at] ?? 0);
    const character = out.subarray(at, at + length);
    if (length > 0 && character.length === length && isText(character)) at += length;
    else out[at++] = 0x3f;
  }
  return out;
}

function lengthOf(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xf0 && lead < 0xf8) return 4;
  if (lead >= 0xe0) return lead < 0xf0 ? 3 : 0;
  return lead >= 0xc0 ? 2 : 0;
}
