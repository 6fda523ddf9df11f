// SSH public keys as people have them: a line of a .pub file, or a whole authorized_keys with comments, options and blank lines.
// Proxmox runs every line through `ssh-keygen -l` and refuses comment lines (pve-common, Tools.pm, validate_ssh_public_keys).
import { z } from "zod";
import { fromBase64, PUBLIC_KEY_TYPES, whyNotPublicKey } from "../node/ssh-wire";

const LENGTH_MAX = 32_768;
const KEYS_MAX = 50;

/** What is kept: one key a line, options before and comments behind it; no blank line, no comment line. "" is none. */
export const AuthorizedKeys = z
  .string()
  .max(LENGTH_MAX, `At most ${LENGTH_MAX.toLocaleString("en")} characters.`)
  .transform((text, context) => {
    const read = readAuthorizedKeys(text);
    if (typeof read !== "string") return read.join("\n");
    context.addIssue({ code: "custom", message: read });
    return z.NEVER;
  });

/** The key lines, or the first thing that is wrong, with its line where there are several. */
export function readAuthorizedKeys(text: string): string[] | string {
  const whole = whyNotPublic(text);
  if (whole !== undefined) return whole;
  // A byte order mark, and what web pages and chats put between letters.
  const lines = text
    .replace(/[\uFEFF\u200B-\u200D\u2060]/g, "")
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/\u00A0/g, " ").trim());
  const used = lines.flatMap((line, index) =>
    line === "" || line.startsWith("#") ? [] : [{ line, number: index + 1 }],
  );
  if (used.length === 0 && text.trim() !== "") return "There is no key in it, only comments.";
  if (used.length > KEYS_MAX) return `At most ${KEYS_MAX} keys; these are ${used.length}.`;
  const keys: string[] = [];
  for (const [index, { line, number }] of used.entries()) {
    const read = readKeyLine(line);
    const next = used[index + 1];
    if ("key" in read) {
      keys.push(read.key);
      continue;
    }
    const where = used.length > 1 || lines.length > 1 ? `Line ${number}: ` : "";
    const goesOn = next !== undefined && /^[A-Za-z0-9+/=]+$/.test(next.line);
    return sentence(
      where,
      goesOn ? `the key seems to go on in line ${next.number}. A key is one line; join them.` : read.why,
    );
  }
  return keys;
}

function sentence(where: string, why: string): string {
  return where === "" ? `${why[0]?.toUpperCase() ?? ""}${why.slice(1)}` : `${where}${why}`;
}

/** Other things of the same trade, each with what to do. */
function whyNotPublic(text: string): string | undefined {
  if (/PRIVATE KEY-{2,}|PuTTY-User-Key-File-/i.test(text))
    return "This is a private key: it stays with you. Here goes the public one, from the file of the same name that ends with .pub.";
  if (/BEGIN SSH2 PUBLIC KEY/i.test(text))
    return "This is a public key in the form of PuTTY and SSH2. Copy it from PuTTYgen's field “for pasting into OpenSSH”, or convert it: ssh-keygen -i -f FILE.";
  if (/BEGIN (RSA )?PUBLIC KEY/i.test(text))
    return `This is a public key in PEM form. Convert it: ssh-keygen -i -m ${/BEGIN RSA/i.test(text) ? "PEM" : "PKCS8"} -f FILE.`;
  if (/BEGIN CERTIFICATE/i.test(text)) return "This is an X.509 certificate, not an SSH key.";
  if (/^\s*https?:\/\/\S+\s*$/i.test(text)) return "This is a web address. Open it, and paste the keys that it shows.";
  return undefined;
}

const isType = (word: string): word is (typeof PUBLIC_KEY_TYPES)[number] =>
  (PUBLIC_KEY_TYPES as readonly string[]).includes(word);

/** One line, without blanks around it: [options] type base64 [comment] (sshd(8), AUTHORIZED_KEYS FILE FORMAT). */
function readKeyLine(line: string): { key: string } | { why: string } {
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  if (/[\u0000-\u0008\u000B-\u001F\u007F]/.test(line))
    return { why: "it holds a control character; copy the key again." };
  const split = splitOptions(line);
  if (split === undefined) return { why: "a quotation mark of its options is not closed." };
  const [type = "", base64 = "", ...comment] = split.rest.split(/[ \t]+/);
  if (/-cert-v\d\d@openssh\.com$/.test(type))
    return {
      why: "this is a certificate. Here goes the key itself; a certificate authority is given with the option cert-authority and its public key.",
    };
  if (type === "ssh-dss")
    return { why: "a DSA key, which OpenSSH no longer accepts. Make another: ssh-keygen -t ed25519." };
  if (!isType(type))
    return {
      why: `an OpenSSH public key begins with its type, such as “ssh-ed25519 AAAA… name”; ${split.rest === "" ? "here is none" : `“${shortened(type)}” is none`}.`,
    };
  if (base64 === "") return { why: `behind ${type} the key itself is missing.` };
  const bytes = fromBase64(base64);
  if (bytes === undefined)
    return {
      why: `the key is damaged: ${/^[A-Za-z0-9+/]*={0,2}$/.test(base64) ? "it is cut off, or a character is missing" : "it holds a character that no key has"}. Copy the whole line again.`,
    };
  const why = whyNotPublicKey(type, bytes);
  if (why !== undefined)
    return { why: `the key ${why}.${why.includes(" bits;") ? "" : " Copy the whole line again."}` };
  return { key: [...(split.options === "" ? [] : [split.options]), type, base64, ...comment].join(" ") };
}

/** Options go up to the first blank outside quotes; a line that begins with a key type, ours or another, has none. */
function splitOptions(line: string): { options: string; rest: string } | undefined {
  const word = /^\S+/.exec(line)?.[0] ?? "";
  if (/^(ssh-|ecdsa-|sk-)[\w@.-]+$/.test(word)) return { options: "", rest: line };
  const end = endOfOptions(line);
  if (end === undefined) return undefined;
  const rest = line.slice(end).trim();
  // A single word, or words without a key type behind the first: no options, but something else.
  return /^(ssh-|ecdsa-|sk-)/.test(rest) ? { options: line.slice(0, end), rest } : { options: "", rest: line };
}

function endOfOptions(line: string): number | undefined {
  let quoted = false;
  for (let index = 0; index < line.length; index += 1) {
    const character = line[index];
    if (character === "\\" && line[index + 1] === '"') index += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && (character === " " || character === "\t")) return index;
  }
  return quoted ? undefined : line.length;
}

const shortened = (text: string): string => (text.length > 30 ? `${text.slice(0, 30)}…` : text);
