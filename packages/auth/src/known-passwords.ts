// The passwords that are tried first: zxcvbn-ts's list of some 49,000 from public leaks, the commonest first. On servers only: it is large.
import { dictionary } from "@zxcvbn-ts/language-common";
import { PASSWORD_MIN } from "@homeport/domain/account/password-rule";

/** What somebody tries who knows that this is Homeport; no public list has it. */
const OURS = ["homeport", "proxmox", "promox", "container", "changeme", "rootroot", "adminadmin"];
const ENDINGS = ["", "1", "12", "123", "1234", "12345", "!", "1!", "123!"];

let known: Set<string> | undefined;

/** Whether `password` is among those that are tried first, in whatever letters, also with the usual digits behind it or doubled. */
export function isKnownPassword(password: string): boolean {
  known ??= new Set([...dictionary["passwords-common"], ...OURS]);
  const plain = password.normalize("NFKC").trim().toLowerCase();
  if (known.has(plain)) return true;
  const half = plain.slice(0, plain.length / 2);
  if (plain.length >= PASSWORD_MIN && half + half === plain && known.has(half)) return true;
  return ENDINGS.some(
    (ending) => ending !== "" && plain.endsWith(ending) && known?.has(plain.slice(0, -ending.length)) === true,
  );
}
