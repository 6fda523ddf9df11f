// The outbox of mails: what is queued is handed to the mail server, again and again until it has it, is given up, or nobody needs it any more.
// A mail may arrive twice (a worker that dies between the server's answer and its row): it has the same Message-ID then.
import type { Db } from "@homeport/db/client";
import type { Vault } from "@homeport/db/sealing";
import type { MailFailure } from "@homeport/db/types";
import { StoredMail } from "@homeport/domain/stored/mail";
import { mailText } from "@homeport/domain/text/mail-text";
import type { SendMail } from "./smtp";

export interface MailDeps {
  db: Db;
  vault: Vault;
  send: SendMail;
  /** Where people reach this Homeport. */
  origin: string;
  clock: () => Date;
  log: (entry: { event: string; [key: string]: unknown }) => void;
}

/** A mail that is being sent is another worker's after this; longer than all of SMTP's own deadlines. */
const MINE_MS = 180_000;
/** In one round, so that the sweeper can be stopped between two of them. */
const MOST_MAILS = 20;
/** About a day, as the waits below add up. */
export const MOST_TRIES = 28;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 3_600_000;

interface Claimed {
  id: string;
  to: string;
  content: string;
  tries: number;
  lapsesAt: Date;
}

/** Ends early when the server does not take mails: the others wait for their own time, and cost none of their tries. */
export async function sendMails(deps: MailDeps): Promise<void> {
  for (let count = 0; count < MOST_MAILS; count += 1) {
    const mail = await claim(deps);
    if (mail === undefined) return;
    const failure = await sendOne(deps, mail);
    if (failure === "unreachable" || failure === "untrusted" || failure === "sign_in") return;
  }
}

/** The oldest that is due; nobody else has it before MINE_MS are over. */
async function claim({ db, clock }: MailDeps): Promise<Claimed | undefined> {
  const now = clock();
  const [mail] = await db.$queryRaw<Claimed[]>`
    UPDATE "Mail" SET "tries" = "tries" + 1, "nextTryAt" = ${new Date(now.getTime() + MINE_MS)}
    WHERE "id" = (SELECT "id" FROM "Mail" WHERE "state" = 'queued' AND "nextTryAt" <= ${now} ORDER BY "nextTryAt" LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING "id", "to"::text, "content", "tries", "lapsesAt"`;
  return mail;
}

async function sendOne(deps: MailDeps, mail: Claimed): Promise<MailFailure | null> {
  const { db, clock, log } = deps;
  const { id, tries } = mail;
  const { failure, response } = (await attempt(deps, mail)) ?? { failure: null, response: null };
  const now = clock();
  const over = failure !== null && (isFinal(failure) || tries >= MOST_TRIES);
  // Only while it is this try's: of whoever was slower than MINE_MS nothing is written.
  const mine = { id, state: "queued" as const, tries };
  if (failure === null)
    await db.mail.updateMany({
      where: mine,
      data: { state: "sent", content: null, failure: null, response: null, settledAt: now },
    });
  else
    await db.mail.updateMany({
      where: mine,
      data: {
        failure,
        response,
        ...(over ? { state: "dead", settledAt: now } : { nextTryAt: new Date(now.getTime() + waitMs(tries)) }),
      },
    });
  log({ event: failure === null ? "mail-sent" : "mail-failed", mail: id, tries, failure, ...(over ? { over } : {}) });
  return failure;
}

async function attempt({ vault, send, origin, clock }: MailDeps, { id, to, content, lapsesAt }: Claimed) {
  if (lapsesAt <= clock()) return { failure: "lapsed" as const, response: null };
  let text;
  try {
    text = mailText(
      StoredMail.parse(JSON.parse(vault.open({ table: "Mail", row: id, column: "content" }, content))),
      origin,
    );
  } catch {
    // With another key than the one that sealed it, nobody ever reads it.
    return { failure: "unreadable" as const, response: null };
  }
  return send({ id, to, text });
}

/** No later try would end otherwise. */
function isFinal(failure: MailFailure): boolean {
  return failure === "refused" || failure === "lapsed" || failure === "unreadable";
}

/** After a half minute, one, two, … up to an hour. */
export function waitMs(tries: number): number {
  return Math.min(FIRST_WAIT_MS * 2 ** (tries - 1), LONGEST_WAIT_MS);
}
