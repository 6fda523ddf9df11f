// The bytes of SSH keys (RFC 4253, section 6.6): base64, strings with their length before them, and what each key type holds.
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Undefined when it is no base64 with its padding: one character is missing, or one is none. */
export function fromBase64(text: string): Uint8Array | undefined {
  const [, padding] = /^[A-Za-z0-9+/]+(={0,2})$/.exec(text) ?? [];
  if (padding === undefined || text.length % 4 !== 0) return undefined;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding.length);
  for (let from = 0, to = 0; from < text.length; from += 4) {
    const group = [0, 1, 2, 3].reduce(
      (sum, place) => sum * 64 + Math.max(0, ALPHABET.indexOf(text[from + place] ?? "A")),
      0,
    );
    for (const shift of [16, 8, 0]) if (to < bytes.length) bytes[to++] = (group >> shift) & 0xff;
  }
  return bytes;
}

export class WireReader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get rest(): number {
    return this.bytes.length - this.at;
  }

  take(length: number): Uint8Array | undefined {
    if (length > this.rest) return undefined;
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  uint32(): number | undefined {
    return this.take(4)?.reduce((sum, byte) => sum * 256 + byte, 0);
  }

  string(): Uint8Array | undefined {
    const length = this.uint32();
    return length === undefined ? undefined : this.take(length);
  }

  text(): string | undefined {
    const bytes = this.string();
    return bytes && asciiOf(bytes);
  }
}

export function asciiOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}

const CURVES = {
  nistp256: {
    size: 32,
    p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  },
  nistp384: {
    size: 48,
    p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  },
  nistp521: {
    size: 66,
    p: 2n ** 521n - 1n,
    b: 0x0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
  },
} as const;

/** Those that OpenSSH knows and still accepts. */
export const PUBLIC_KEY_TYPES = [
  "ssh-ed25519",
  "ssh-rsa",
  "ecdsa-sha2-nistp256",
  "ecdsa-sha2-nistp384",
  "ecdsa-sha2-nistp521",
  "sk-ssh-ed25519@openssh.com",
  "sk-ecdsa-sha2-nistp256@openssh.com",
] as const;
type PublicKeyType = (typeof PUBLIC_KEY_TYPES)[number];

/** OpenSSH refuses shorter RSA keys (sshkey.h, SSH_RSA_MINIMUM_MODULUS_SIZE) and longer ones (OPENSSL_RSA_MAX_MODULUS_BITS). */
const RSA_BITS_MIN = 1_024;
const RSA_BITS_MAX = 16_384;

/** Why the bytes are no public key of this type, as the end of a sentence about "the key"; undefined when they are one. */
export function whyNotPublicKey(type: PublicKeyType, bytes: Uint8Array): string | undefined {
  const wire = new WireReader(bytes);
  const inside = wire.text();
  if (inside === undefined) return "is cut off";
  if (inside !== type)
    return `says ${type} but holds ${/^[\w@.-]{1,60}$/.test(inside) ? `a key of type ${inside}` : "something else"}`;
  const why = whyNotParts(type, wire);
  if (why !== undefined) return why;
  return wire.rest > 0 ? `has ${wire.rest} bytes too many` : undefined;
}

function whyNotParts(type: PublicKeyType, wire: WireReader): string | undefined {
  switch (type) {
    case "ssh-ed25519":
      return whyNotEd25519(wire);
    case "sk-ssh-ed25519@openssh.com":
      return whyNotEd25519(wire) ?? (wire.text() === undefined ? "is cut off" : undefined);
    case "ssh-rsa":
      return whyNotRsa(wire);
    case "sk-ecdsa-sha2-nistp256@openssh.com":
      return whyNotPoint("nistp256", wire) ?? (wire.text() === undefined ? "is cut off" : undefined);
    case "ecdsa-sha2-nistp256":
      return whyNotPoint("nistp256", wire);
    case "ecdsa-sha2-nistp384":
      return whyNotPoint("nistp384", wire);
    case "ecdsa-sha2-nistp521":
      return whyNotPoint("nistp521", wire);
  }
}

function whyNotEd25519(wire: WireReader): string | undefined {
  const key = wire.string();
  if (key === undefined) return "is cut off";
  return key.length === 32 ? undefined : `holds ${key.length} bytes where an Ed25519 key has 32`;
}

function whyNotRsa(wire: WireReader): string | undefined {
  const exponent = wire.string();
  const modulus = wire.string();
  if (exponent === undefined || modulus === undefined) return "is cut off";
  const e = numberOf(exponent);
  const bits = numberOf(modulus).toString(2).length;
  if (e < 3n || e % 2n === 0n || [exponent, modulus].some((mpint) => ((mpint[0] ?? 0x80) & 0x80) !== 0))
    return "is damaged: its numbers are none of an RSA key";
  if (bits < RSA_BITS_MIN) return `has ${bits} bits; OpenSSH refuses RSA keys with less than ${RSA_BITS_MIN}`;
  return bits > RSA_BITS_MAX ? `has ${bits} bits; OpenSSH refuses RSA keys with more than ${RSA_BITS_MAX}` : undefined;
}

/** An uncompressed point (SEC 1) that lies on the curve, as OpenSSL demands of a key. */
function whyNotPoint(curve: keyof typeof CURVES, wire: WireReader): string | undefined {
  const name = wire.text();
  const point = wire.string();
  if (name === undefined || point === undefined) return "is cut off";
  if (name !== curve) return "is damaged: it names another curve than its type";
  const { size, p, b } = CURVES[curve];
  if (point.length !== 1 + 2 * size || point[0] !== 4)
    return "is damaged: its point has another length than its curve asks for";
  const [x, y] = [numberOf(point.subarray(1, 1 + size)), numberOf(point.subarray(1 + size))];
  return x < p && y < p && (y * y - (x * x * x - 3n * x + b)) % p === 0n
    ? undefined
    : "is damaged: its point is not on the curve";
}

function numberOf(bytes: Uint8Array): bigint {
  return bytes.length === 0
    ? 0n
    : BigInt(`0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`);
}
