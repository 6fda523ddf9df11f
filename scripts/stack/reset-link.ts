// `npm start -- --reset-link=ADDRESS`: who runs this machine lets somebody back in whose password is forgotten, also the person who set Homeport up,
// where no mail server sends them a link.
import path from "node:path";
import { createAudit } from "../../packages/api/src/audit";
import { endFactors } from "../../packages/api/src/second-factor/end";
import { createAuth } from "../../packages/auth/src/index";
import { createDb } from "../../prisma/src/client";
import type { Home } from "./paths";
import { writeAtomically } from "./processes";

export interface ResetLinkOptions {
  databaseUrl: string;
  publicUrl: string;
  email: string;
}

/**
 * It sets a new password, once, within an hour; the account's authenticator app and passkeys count no more, and everybody is put out of it, as who
 * added one of those may be in still. Throws a sentence where no account has the
 * address.
 */
export async function makeResetLink({ databaseUrl, publicUrl, email }: ResetLinkOptions): Promise<string> {
  const db = createDb(databaseUrl, { max: 1 });
  try {
    const auth = createAuth({ db, secureCookies: false });
    let token = "";
    const audit = createAudit(null, { ip: "local", userAgent: "Homeport launcher" });
    const targetOf = ({ id, name }: { id: string; name: string }) => ({ type: "account" as const, id, name });
    const found = await auth.issueReset(
      email.trim(),
      async (transaction, { person, link }) => {
        token = link.token;
        await audit(transaction, { action: "account.ask_reset", target: targetOf(person) });
      },
      // Links that are under way end with it: before there is the new one.
      async (transaction, person) => {
        const details = { ...(await auth.endAccess(transaction, person.id)) };
        // With its factors gone it would be all that somebody needs who has it.
        await auth.dropPassword(transaction, person.id);
        if ((await endFactors(transaction, person.id)) > 0)
          await audit(transaction, { action: "account.end_second_factor", target: targetOf(person), details });
      },
    );
    if (!found) throw new Error(`No account that is enabled has the address ${email}: --reset-link made no link.`);
    return `${publicUrl}/reset-password#${token}`;
  } finally {
    await db.$disconnect();
  }
}

/** Shown to a person, else in a file of 0600: what is printed to a pipe may be in a log. */
export function resetLinkText(
  home: Home,
  { email, link, isTerminal }: { email: string; link: string; isTerminal: boolean },
): string {
  if (isTerminal)
    return `A new password for ${email}, once and within an hour; its old password, sessions and API tokens have ended, and no code or passkey is asked for any more: ${link}`;
  const file = path.join(home.dir, "reset-link.json");
  writeAtomically(file, { email, link });
  return `The link that sets a new password for ${email}, once and within an hour, is in ${file}; its old password, sessions and API tokens have ended, and no code or passkey is asked for any more.`;
}
