// `npm start -- --reset-link=ADDRESS`: who runs this machine lets somebody back in whose password is forgotten, also the person who set Homeport up,
// where no mail server sends them a link.
import path from "node:path";
import { createAudit } from "../../packages/api/src/audit";
import { createAuth } from "../../packages/auth/src/index";
import { createDb } from "../../prisma/src/client";
import { confirmedFactor } from "../../prisma/src/confirmed-factor";
import type { Home } from "./paths";
import { writeAtomically } from "./processes";

export interface ResetLinkOptions {
  databaseUrl: string;
  publicUrl: string;
  email: string;
}

/**
 * It sets a new password, once, within an hour; a code of an authenticator app is not asked for any more. Throws a sentence where no account has the
 * address.
 */
export async function makeResetLink({ databaseUrl, publicUrl, email }: ResetLinkOptions): Promise<string> {
  const db = createDb(databaseUrl, { max: 1 });
  try {
    const auth = createAuth({ db, secureCookies: false });
    let token = "";
    const found = await auth.issueReset(email.trim(), async (transaction, { person, link }) => {
      token = link.token;
      const { count } = await transaction.secondFactor.deleteMany({
        where: { userId: person.id, ...confirmedFactor },
      });
      const audit = createAudit(null, { ip: "local", userAgent: "Homeport launcher" });
      const target = { type: "account" as const, id: person.id, name: person.name };
      if (count === 1) await audit(transaction, { action: "account.end_second_factor", target });
      await audit(transaction, { action: "account.ask_reset", target });
    });
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
    return `A new password for ${email}, once and within an hour; no code of an app is asked for any more: ${link}`;
  const file = path.join(home.dir, "reset-link.json");
  writeAtomically(file, { email, link });
  return `The link that sets a new password for ${email}, once and within an hour, is in ${file}; no code of an app is asked for any more.`;
}
