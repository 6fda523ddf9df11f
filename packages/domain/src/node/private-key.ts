// A private key as people paste it: from a file of any common kind, on one line, indented, with text around; or why it cannot be used.
import { z } from "zod";
import { asciiOf, fromBase64, WireReader } from "./ssh-wire";

const LENGTH_MAX = 20_000;
const NEW_KEY = 'Or give Homeport a key of its own: ssh-keygen -t ed25519 -N "" -f homeport.';

/** What is kept: one PEM block in its usual form. "" is none. */
export const PrivateKey = z
  .string()
  .max(LENGTH_MAX, `At most ${LENGTH_MAX.toLocaleString("en")} characters.`)
  .transform((text, context) => {
    if (text.trim() === "") return "";
    const read = readPrivateKey(text);
    if ("key" in read) return read.key;
    context.addIssue({ code: "custom", message: read.why });
    return z.NEVER;
  });

/** The block without its surroundings, its lines as OpenSSH and OpenSSL write them. Nothing of the key is in `why`. */
export function readPrivateKey(text: string): { key: string } | { why: string } {
  // Environment files and JSON hold line breaks as two characters; word processors make one dash of several.
  const plain = text
    .replace(/\\r\\n|\\n|\\r/g, "\n")
    .replace(/\r\n?/g, "\n")
    .replace(/[\u2010-\u2015]/g, "--");
  const other = whyOther(plain);
  if (other !== undefined) return { why: other };
  const begins = [...plain.matchAll(/-{2,}\s*BEGIN ([A-Z0-9 ]*PRIVATE KEY)\s*-{2,}/g)];
  const [begin] = begins;
  if (begin === undefined)
    return {
      why: /END [A-Z0-9 ]*PRIVATE KEY/.test(plain)
        ? "The beginning of the key is missing: its BEGIN line."
        : "There is no private key in this text. It begins with a line such as -----BEGIN OPENSSH PRIVATE KEY-----.",
    };
  if (begins.length > 1) return { why: `These are ${begins.length} private keys. Paste the one that the node knows.` };
  const kind = begin[1] ?? "";
  const rest = plain.slice(begin.index + begin[0].length);
  const end = /-{2,}\s*END ([A-Z0-9 ]*PRIVATE KEY)\s*-{2,}/.exec(rest);
  if (end === null) return { why: "The key is cut off: its END line is missing. Copy the whole file." };
  if (end[1] !== kind)
    return { why: "The key is damaged: its BEGIN and END lines do not belong together. Copy the whole file." };
  const body = rest.slice(0, end.index);
  if (kind === "ENCRYPTED PRIVATE KEY" || /Proc-Type:\s*4,\s*ENCRYPTED/.test(body)) return { why: passphrase };
  const base64 = body.replace(/^[ \t>]*[A-Za-z-]+: .*$/gm, "").replace(/[\s>]/g, "");
  const bytes = fromBase64(base64);
  if (bytes === undefined)
    return {
      why: "The key is damaged: characters are missing, or there are some that no key has. Copy the whole file.",
    };
  const why = whyNotKind(kind, bytes);
  if (why !== undefined) return { why };
  const lines = base64.match(/.{1,64}/g) ?? [];
  return { key: [`-----BEGIN ${kind}-----`, ...lines, `-----END ${kind}-----`, ""].join("\n") };
}

const passphrase = `The key has a passphrase, and Homeport signs in without anybody there to type it. Make a copy without one: ssh-keygen -p -N "" -f COPY. ${NEW_KEY}`;

/** Other things of the same trade, each with what to do. */
function whyOther(text: string): string | undefined {
  if (/PuTTY-User-Key-File-/i.test(text))
    return "This is a key in PuTTY's form (.ppk). In PuTTYgen choose Conversions, Export OpenSSH key; or: puttygen KEY.ppk -O private-openssh -o KEY.";
  if (/BEGIN SSH2 ENCRYPTED PRIVATE KEY/.test(text))
    return "This is a key in the form of SSH Communications. In PuTTYgen load it and choose Conversions, Export OpenSSH key.";
  if (/PRIVATE KEY/.test(text)) return undefined;
  if (/(BEGIN SSH2|BEGIN|RSA) PUBLIC KEY|^\s*(ssh-|ecdsa-sha2-|sk-)[\w@.-]+\s+AAAA/m.test(text))
    return "This is a public key. Here goes the private one: the file of the same name without .pub. The public one belongs on the node, in ~/.ssh/authorized_keys.";
  return /BEGIN CERTIFICATE/.test(text) ? "This is a certificate, not a private key." : undefined;
}

function whyNotKind(kind: string, bytes: Uint8Array): string | undefined {
  switch (kind) {
    case "OPENSSH PRIVATE KEY":
      return whyNotOpenSsh(bytes);
    case "RSA PRIVATE KEY":
    case "EC PRIVATE KEY":
    case "PRIVATE KEY":
      return isWholeSequence(bytes) ? undefined : cutOff;
    case "DSA PRIVATE KEY":
      return `This is a DSA key, which OpenSSH no longer accepts. ${NEW_KEY.replace(/^Or give/, "Give")}`;
    default:
      return `Homeport cannot use a key of the kind “${kind.slice(0, 40)}”. ${NEW_KEY}`;
  }
}

const cutOff = "The key is cut off, or characters are missing inside. Copy the whole file.";

/** DER (X.690): one sequence that ends where the bytes end. */
function isWholeSequence(bytes: Uint8Array): boolean {
  const [tag, first = 0] = bytes;
  if (tag !== 0x30) return false;
  if (first < 0x80) return bytes.length === 2 + first;
  const count = first & 0x7f;
  if (count < 1 || count > 3) return false;
  return bytes.subarray(2, 2 + count).reduce((sum, byte) => sum * 256 + byte, 0) + 2 + count === bytes.length;
}

const MAGIC = "openssh-key-v1\0";
const USABLE: readonly string[] = [
  "ssh-ed25519",
  "ssh-rsa",
  "ecdsa-sha2-nistp256",
  "ecdsa-sha2-nistp384",
  "ecdsa-sha2-nistp521",
];

/** OpenSSH, PROTOCOL.key. */
function whyNotOpenSsh(bytes: Uint8Array): string | undefined {
  const wire = new WireReader(bytes);
  const magic = wire.take(MAGIC.length);
  const cipher = wire.text();
  const kdf = wire.text();
  const options = wire.string();
  const count = wire.uint32();
  const publicKey = wire.string();
  const secret = wire.string();
  if (
    magic === undefined ||
    asciiOf(magic) !== MAGIC ||
    kdf === undefined ||
    options === undefined ||
    publicKey === undefined ||
    secret === undefined ||
    wire.rest > 0
  )
    return cutOff;
  const type = new WireReader(publicKey).text() ?? "";
  if (type.startsWith("sk-"))
    return `This key lives on a security token, which has to be touched at each sign-in. ${NEW_KEY.replace(/^Or give/, "Give")}`;
  if (type === "ssh-dss")
    return `This is a DSA key, which OpenSSH no longer accepts. ${NEW_KEY.replace(/^Or give/, "Give")}`;
  if (cipher !== "none") return passphrase;
  if (count !== 1) return "The file holds more than one key, which Homeport cannot use.";
  if (!USABLE.includes(type)) return `Homeport cannot use a key of the kind “${type.slice(0, 40)}”. ${NEW_KEY}`;
  const inner = new WireReader(secret);
  const [one, two] = [inner.uint32(), inner.uint32()];
  return one === undefined || one !== two || inner.text() !== type
    ? "The key is damaged. Copy the whole file."
    : undefined;
}
