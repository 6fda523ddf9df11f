import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { CreateNodeInput } from "./node-input";
import { PrivateKey, readPrivateKey } from "./private-key";

// Made for these tests by ssh-keygen; no machine knows them.
const openSsh = `-----BEGIN OPENSSH PRIVATE KEY-----
b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW
QyNTUxOQAAACC6o30zLQI2YzWhE9U+l/6JiBh+VxFV53IiwBYoS+RvYgAAAJg2oDyNNqA8
jQAAAAtzc2gtZWQyNTUxOQAAACC6o30zLQI2YzWhE9U+l/6JiBh+VxFV53IiwBYoS+RvYg
AAAECy5E0rOg8KYTtbWtH+JRO62aawLgMq2dZ7qiWPtkQ8vbqjfTMtAjZjNaET1T6X/omI
GH5XEVXnciLAFihL5G9iAAAADm1hZGUtZm9yLXRlc3RzAQIDBAUGBw==
-----END OPENSSH PRIVATE KEY-----
`;
const locked = `-----BEGIN OPENSSH PRIVATE KEY-----
b3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jdHIAAAAGYmNyeXB0AAAAGAAAABCoZO1fyw
15CVWZK7qT2OSCAAAAEAAAAAEAAAAzAAAAC3NzaC1lZDI1NTE5AAAAICqV62Xa9KN1HWVQ
RmC3lHhZAHzuUhGxrnTRJDKWFbMaAAAAkOo+nnMpz9PdWNVWQnWmZg9stW5FNkircWDVRX
WosQAQuvAx5Y/uhMxkG+aBCbT0fkLn6LuDlwCIc2uxkzVOekQdVgIPgFoHITjTsPsDXAy2
5u8LWIaN5I78LJtPGSVIyIjM1XyU1/5O3PTA+VDp/wEu36KkU8BmOVALGzg/5DZfrJPy06
cho5RSkn+9cNZyBg==
-----END OPENSSH PRIVATE KEY-----
`;
const PUBLIC = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILqjfTMtAjZjNaET1T6X/omIGH5XEVXnciLAFihL5G9i";

const rsa = generateKeyPairSync("rsa", { modulusLength: 2_048 }).privateKey;
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
const pem = {
  pkcs1: rsa.export({ type: "pkcs1", format: "pem" }).toString(),
  pkcs8: rsa.export({ type: "pkcs8", format: "pem" }).toString(),
  sec1: ec.export({ type: "sec1", format: "pem" }).toString(),
  ed25519: generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
};
const kinds = Object.entries({ openSsh, ...pem });
const why = (text: string): string | undefined => PrivateKey.safeParse(text).error?.issues[0]?.message;

test.each(kinds)("%s is kept as a key file has it, however it was pasted", (_name, key) => {
  const kept = PrivateKey.parse(key);
  const shapes = [
    key.trim(),
    `\n\n  ${key}  `,
    key.replaceAll("\n", "\r\n"),
    key.replaceAll("\n", " "),
    key.replaceAll("\n", "\\n"),
    key.replaceAll(/^/gm, "    "),
    key.replaceAll(/^/gm, "> "),
    `Here is the key:\n${key}\nKeep it safe.\n`,
    `"${key.replaceAll("\n", "\\n")}"`,
    `\uFEFF${key}`,
    key.replaceAll("-----", "\u2014\u2014"),
    `${PUBLIC}\n${key}`,
  ];
  for (const shape of shapes) expect(PrivateKey.parse(shape)).toBe(kept);
  expect(kept.replaceAll(/\s/g, "")).toBe(key.replaceAll(/\s/g, ""));
});

test.each(kinds)("%s is refused when it is cut off anywhere", (_name, key) => {
  const lines = key.trim().split("\n");
  const [begin = "", ...rest] = lines;
  const end = rest.pop() ?? "";
  const body = rest.join("");
  for (let length = 0; length < body.length; length += 1)
    expect("why" in readPrivateKey([begin, body.slice(0, length), end].join("\n"))).toBe(true);
  expect(why(lines.slice(0, -1).join("\n"))).toBe("The key is cut off: its END line is missing. Copy the whole file.");
  expect(why(lines.slice(1).join("\n"))).toBe("The beginning of the key is missing: its BEGIN line.");
});

const encrypted = (type: "pkcs1" | "pkcs8"): string =>
  rsa.export({ type, format: "pem", cipher: "aes-256-cbc", passphrase: "secret" }).toString();

test.each([[locked], [encrypted("pkcs1")], [encrypted("pkcs8")]])(
  "a key with a passphrase is refused with how to take it away",
  (key) => {
    expect(why(key)).toContain("The key has a passphrase");
    expect(why(key)).toContain('ssh-keygen -p -N "" -f COPY');
  },
);

test.each([
  ["PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPrivate-Lines: 1\nAAAA", "PuTTY's form"],
  [PUBLIC, "This is a public key."],
  ["---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----", "This is a public key."],
  ["-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----", "This is a public key."],
  ["---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nP2/5\n---- END SSH2 ENCRYPTED PRIVATE KEY ----", "SSH Communications"],
  ["-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", "This is a certificate"],
  ["-----BEGIN DSA PRIVATE KEY-----\nMIIB\n-----END DSA PRIVATE KEY-----", "DSA"],
  ["hunter2", "There is no private key in this text."],
  [`${openSsh}${openSsh}`, "These are 2 private keys."],
  [openSsh.replace("AAAAB", "AAA*B").replace("b3Bl", "b3*l"), "The key is damaged"],
])("%s is refused, and the reason quotes nothing of it", (text, expected) => {
  expect(why(text)).toContain(expected);
  for (const line of text.split("\n").filter((one) => /^[A-Za-z0-9+/=]{8,}$/.test(one)))
    expect(why(text)).not.toContain(line);
});

test("the node's form takes it in its field", () => {
  const node = {
    name: "pve",
    host: "pve.lan",
    tokenId: "root@pam!homeport",
    tokenSecret: "01234567-89ab-cdef-0123-456789abcdef",
    sshUser: "root",
  };
  expect(CreateNodeInput.parse({ ...node, sshPrivateKey: pem.pkcs8.replaceAll("\n", "\r\n") }).sshPrivateKey).toBe(
    PrivateKey.parse(pem.pkcs8),
  );
  expect(CreateNodeInput.safeParse({ ...node, sshPrivateKey: PUBLIC }).error?.issues).toMatchObject([
    { path: ["sshPrivateKey"] },
  ]);
});

test("hostile texts cost no more than they are long", () => {
  for (const text of [
    "-".repeat(20_000),
    "-----BEGIN ".repeat(1_800),
    " ".repeat(19_000) + "x",
    "\\n".repeat(9_000) + "x",
    "-----BEGIN PRIVATE KEY-----" + " ".repeat(19_000),
    `-----BEGIN PRIVATE KEY-----${"a".repeat(19_000)}`,
  ])
    expect(why(text)).toBeDefined();
});
