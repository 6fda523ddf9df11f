import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { AuthorizedKeys, readAuthorizedKeys } from "./authorized-keys";

/** Made for these tests by ssh-keygen; their private halves are gone. */
const keys = {
  ed25519: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILqjfTMtAjZjNaET1T6X/omIGH5XEVXnciLAFihL5G9i",
  rsa: "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDbEbQjBYh03g0CshU30ZcPINWBF5mj9nSW30EMmMdLLMQrKU+zYhIWkg5wilocjGO32empczuUqzji5OR+btijHgFwNiKoxGJdVTzXpV6F46jwUQoahm8ELDS6fcmhF1NYUZEHw99Bdz4eJg3QJINWH146jOI4HYJQNNFrLEnCHSfEVw7KKmR1fHku1jMa5Bnsz6RcRdqUGxE/rfiS+ranEHpt9MKs1LacC1tNIhZ6SJVbJiYHy6Mysf6NRp+Kb4dMS8mwn3TEWbT5hdWimQMb/bvYvJtYrjvhDj93rPW9LDEHmDnj4ZLzyBaFpRZ2TrGwqHsVwEZ0Y/a70306OUsV",
  ecdsa256:
    "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBCnSFfyPxyAsNDNGokJR9gAQZx+cJ7aeSyP9PAXEGcYmaIaAkmZR5iceCcSSM/dTMorSWN+tzjm6o3fxaeqf1mU=",
  ecdsa384:
    "ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBDIgzCWVMZAHq1qzEFIPIX2016QJHSdFpMvn4vRcofB18lKPuMCQAq2knBZkGLSciXyvrzOEX3wgp5DLfrcPgLWha7DKxHmYfB181e12ABPRUailqJT8ylA7QhLlscqysg==",
  ecdsa521:
    "ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBAGhwW1M/dmuRI/RKM1fX22uK4gZV6pB87oVcRNVXhR3294J4iZz53NTNj6LL+5wRdjFmWq2J4Xyq3QDe+NeRcHlJAA3UGuft8iGR2C2OfsOkDHqAbqn9VX/ZDqOYvpstf1ZKBEYWrh/EgtdhbHF3KWIPdlDTGHRzJRaC+Vm7btHe8/NDQ==",
};
const [ed25519Type = "", ed25519Base64 = ""] = keys.ed25519.split(" ");
const wire = (...parts: (string | Buffer)[]): string =>
  Buffer.concat(
    parts
      .map((part) => Buffer.from(part))
      .flatMap((part) => [Buffer.from(Uint32Array.of(part.length).buffer).reverse(), part]),
  ).toString("base64");
/** Security keys hold the key and the application it is for (OpenSSH, PROTOCOL.u2f). */
const sk25519 = `sk-ssh-ed25519@openssh.com ${wire("sk-ssh-ed25519@openssh.com", Buffer.alloc(32, 7), "ssh:")}`;
const why = (text: string): string | undefined => AuthorizedKeys.safeParse(text).error?.issues[0]?.message;

test.each([...Object.values(keys), sk25519])("a key that ssh-keygen makes is taken: %s", (key) => {
  expect(readAuthorizedKeys(key)).toEqual([key]);
  expect(readAuthorizedKeys(`${key} ada@laptop, the second one\n`)).toEqual([`${key} ada@laptop, the second one`]);
});

test("an RSA key of another maker is taken too", () => {
  const { e = "", n = "" } = generateKeyPairSync("rsa", { modulusLength: 2_048 }).publicKey.export({
    format: "jwk",
  }) as { e?: string; n?: string };
  const [exponent, modulus] = [Buffer.from(e, "base64url"), Buffer.from(n, "base64url")];
  const key = `ssh-rsa ${wire("ssh-rsa", exponent, Buffer.concat([Buffer.from([0]), modulus]))}`;
  expect(readAuthorizedKeys(key)).toEqual([key]);
});

test("authorized_keys is taken as it is: comments, blank lines, options, tabs, CRLF, a byte order mark", () => {
  const options = 'from="10.0.0.0/8,!10.1.1.1",command="echo \\"hi there\\" # no comment",no-pty';
  const text = `\uFEFF# laptop\r\n\r\n  ${ed25519Type}\t${ed25519Base64}\tada\r\n#\n\t\n${options}   ${keys.rsa} backup \n`;
  expect(AuthorizedKeys.parse(text)).toBe(`${ed25519Type} ${ed25519Base64} ada\n${options} ${keys.rsa} backup`);
  expect(AuthorizedKeys.parse("")).toBe("");
  expect(AuthorizedKeys.parse(AuthorizedKeys.parse(text))).toBe(AuthorizedKeys.parse(text));
});

test.each([...Object.values(keys), sk25519])("cut off anywhere, no key is taken: %s", (key) => {
  const [type = "", base64 = ""] = key.split(" ");
  const taken = Array.from(
    { length: base64.length - 1 },
    (_, length) => `${type} ${base64.slice(0, length + 1)}`,
  ).filter((text) => why(text) === undefined);
  expect(taken).toEqual([]);
});

test.each([
  [`${ed25519Type} ${ed25519Base64.slice(0, -4)}`, "The key is cut off. Copy the whole line again."],
  [
    `${ed25519Type} ${ed25519Base64.slice(0, -3)}`,
    "The key is damaged: it is cut off, or a character is missing. Copy the whole line again.",
  ],
  [
    `${ed25519Type} ${ed25519Base64.slice(0, -3)}…`,
    "The key is damaged: it holds a character that no key has. Copy the whole line again.",
  ],
  [`ssh-rsa ${ed25519Base64}`, "The key says ssh-rsa but holds a key of type ssh-ed25519. Copy the whole line again."],
  [
    `ssh-ed25519 ${wire("ssh-ed25519", Buffer.alloc(31))}`,
    "The key holds 31 bytes where an Ed25519 key has 32. Copy the whole line again.",
  ],
  [
    `ssh-ed25519 ${wire("ssh-ed25519", Buffer.alloc(32), "more")}`,
    "The key has 8 bytes too many. Copy the whole line again.",
  ],
  [
    `ssh-rsa ${wire("ssh-rsa", Buffer.from([1, 0, 1]), Buffer.concat([Buffer.from([0]), Buffer.alloc(64, 255)]))}`,
    "The key has 512 bits; OpenSSH refuses RSA keys with less than 1024.",
  ],
  [
    `ecdsa-sha2-nistp256 ${wire("ecdsa-sha2-nistp256", "nistp256", Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 1)]))}`,
    "The key is damaged: its point is not on the curve. Copy the whole line again.",
  ],
  [ed25519Type, "Behind ssh-ed25519 the key itself is missing."],
  ["my key", "An OpenSSH public key begins with its type, such as “ssh-ed25519 AAAA… name”; “my” is none."],
  ["# only this", "There is no key in it, only comments."],
  [`ssh-dss ${ed25519Base64}`, "A DSA key, which OpenSSH no longer accepts. Make another: ssh-keygen -t ed25519."],
  [
    `ssh-ed25519-cert-v01@openssh.com ${ed25519Base64}`,
    "This is a certificate. Here goes the key itself; a certificate authority is given with the option cert-authority and its public key.",
  ],
  [`command="no end ${keys.rsa}`, "A quotation mark of its options is not closed."],
  [`${keys.ed25519}\n\n${ed25519Type} AAAA`, "Line 3: the key is cut off. Copy the whole line again."],
  [
    `# mine\n${ed25519Type} ${ed25519Base64.slice(0, 40)}\n${ed25519Base64.slice(40)}`,
    "Line 2: the key seems to go on in line 3. A key is one line; join them.",
  ],
  [
    "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl",
    "This is a private key: it stays with you. Here goes the public one, from the file of the same name that ends with .pub.",
  ],
  [
    "PuTTY-User-Key-File-3: ssh-ed25519",
    "This is a private key: it stays with you. Here goes the public one, from the file of the same name that ends with .pub.",
  ],
  [
    "---- BEGIN SSH2 PUBLIC KEY ----\nAAAA",
    "This is a public key in the form of PuTTY and SSH2. Copy it from PuTTYgen's field “for pasting into OpenSSH”, or convert it: ssh-keygen -i -f FILE.",
  ],
  ["-----BEGIN PUBLIC KEY-----\nMIIB", "This is a public key in PEM form. Convert it: ssh-keygen -i -m PKCS8 -f FILE."],
  ["-----BEGIN CERTIFICATE-----", "This is an X.509 certificate, not an SSH key."],
  ["https://github.com/ada.keys", "This is a web address. Open it, and paste the keys that it shows."],
  [Array(51).fill(keys.ed25519).join("\n"), "At most 50 keys; these are 51."],
])("%s is refused with what to do", (text, expected) => {
  expect(why(text)).toBe(expected);
});

test("hostile texts cost no more than they are long", () => {
  for (const text of [
    '"'.repeat(32_000),
    "\\".repeat(32_000),
    `a ${" ".repeat(31_000)}`,
    `${ed25519Type} ${"A".repeat(31_000)}`,
  ])
    expect(why(text)).toBeDefined();
});
