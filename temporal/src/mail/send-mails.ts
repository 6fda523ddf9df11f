// The outbox of mails: what is queued is handed to the mail server, again and again until it has it, is given up, or nobody needs it any more.
// A mail may arrive twice (a worker that dies between the server's answer and its row): it has the same Message-ID then.
import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "@homeport/db/client";
import type { Vault } from "@homeport/db/sealing";
import type { MailFailure } from "@homeport/db/types";
import { type MailContent, StoredMail } from "@homeport/domain/stored/mail";
import { mailText } from "@homeport/domain/text/mail-text";
import { liveLinks } from "@homeport/records/live-links";
import { DEADLINE_MS, type Outcome, type SendMail } from "./smtp";

export interface MailDeps {
  db: Db;
  vault: Vault;
  send: SendMail;
  /** Where people reach this Homeport. */
  origin: string;
  clock: () => Date;
  log: (entry: { event: string; [key: string]: unknown }) => void;
}

/** A mail that is being sent is another worker's after this: whoever sends it has given it up by then. */
const MINE_MS = DEADLINE_MS + 30_000;
const AT_ONCE = 6;
const LOOKS_AGAIN_MS = 1_000;
/** A server that takes no mails has said so by then, or is known to be away (smtp.ts). */
const ALONE_MS = 25_000;
/** About a day, as the waits below add up. */
export const MOST_TRIES = 28;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 3_600_000;

interface Round {
  underWay: number;
  /** The server takes none now. */
  isOver: boolean;
  /** Aborted: none is begun any more. */
  signal: AbortSignal | undefined;
}

interface Claimed {
  id: string;
  to: string;
  content: string;
  linkHash: string | null;
  tries: number;
  lapsesAt: Date;
}

/**
 * Until nothing is due. Ends early when the server does not take mails: the others wait for their own time, and cost none of their tries. The
 * first goes alone, to see that; then so many at once that a reader whose server is slow keeps nobody else waiting.
 */
export async function sendMails(deps: MailDeps, signal?: AbortSignal): Promise<void> {
  const first = await claim(deps);
  if (first === undefined) return;
  const round: Round = { underWay: 0, isOver: false, signal };
  const alone = sendIn(round, deps, first);
  await Promise.race([alone, sleep(ALONE_MS, undefined, { ref: false })]);
  await Promise.all([alone, ...Array.from({ length: AT_ONCE }, () => lane(deps, round))]);
}

/** Looks again while another lane is at work: what is queued meanwhile does not wait for that. */
async function lane(deps: MailDeps, round: Round): Promise<void> {
  while (!round.isOver && round.signal?.aborted !== true) {
    const mail = await claim(deps);
    if (mail === undefined && round.underWay === 0) return;
    if (mail === undefined) {
      await sleep(LOOKS_AGAIN_MS);
      continue;
    }
    await sendIn(round, deps, mail);
  }
}

async function sendIn(round: Round, deps: MailDeps, mail: Claimed): Promise<void> {
  round.underWay += 1;
  try {
    if (await sendOne(deps, mail)) round.isOver = true;
  } finally {
    round.underWay -= 1;
  }
}

/** Passwords first, then what was tried least: nobody else has it before MINE_MS are over. */
async function claim({ db, clock }: MailDeps): Promise<Claimed | undefined> {
  const now = clock();
  const [mail] = await db.$queryRaw<Claimed[]>`
    UPDATE "Mail" SET "tries" = "tries" + 1, "nextTryAt" = ${new Date(now.getTime() + MINE_MS)}
    WHERE "id" = (SELECT "id" FROM "Mail" WHERE "state" = 'queued' AND "nextTryAt" <= ${now} ORDER BY "kind" <> 'reset_password', "tries", "nextTryAt" LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING "id", "to"::text, "content", "linkHash", "tries", "lapsesAt"`;
  return mail;
}

/** True: the others would fare the same now. */
async function sendOne(deps: MailDeps, mail: Claimed): Promise<boolean> {
  const { db, clock, log } = deps;
  const { id, tries } = mail;
  const { failure, response, ofServer } = (await attempt(deps, mail)) ?? {
    failure: null,
    response: null,
    ofServer: false,
  };
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
  return ofServer;
}

async function attempt(
  { db, vault, send, origin, clock }: MailDeps,
  { id, to, content: sealed, linkHash, tries, lapsesAt }: Claimed,
): Promise<Outcome> {
  const now = clock();
  const needed = linkHash === null || (await liveLinks(db, { hashes: [linkHash], now })).has(linkHash);
  if (lapsesAt <= now || !needed) return { failure: "lapsed", response: null, ofServer: false };
  // It ended as many workers as there were tries.
  if (tries > MOST_TRIES) return { failure: "unreachable", response: null, ofServer: false };
  let content: MailContent;
  try {
    content = StoredMail.parse(JSON.parse(vault.open({ table: "Mail", row: id, column: "content" }, sealed)));
  } catch {
    // With another key than the one that sealed it, nobody ever reads it.
    return { failure: "unreadable", response: null, ofServer: false };
  }
  const outcome = await send({ id, to, text: mailText(content, origin) });
  // A server that looks into mails may quote the link that it does not like.
  const response = "token" in content ? outcome?.response?.replaceAll(content.token, "…") : outcome?.response;
  return outcome && { ...outcome, response: response ?? null };
}

/** Without a mail server what is queued is kept for who set Homeport up: nobody would send it. */
export async function keepQueued({ db, clock }: Pick<MailDeps, "db" | "clock">): Promise<void> {
  const now = clock();
  // One that is being sent for the first time is not: whoever sends it has other settings.
  const idle = [{ tries: 0 }, { nextTryAt: { lte: now } }, { failure: { not: null } }];
  await db.mail.updateMany({ where: { state: "queued", OR: idle }, data: { state: "kept", settledAt: now } });
}

/** No later try would end otherwise. */
function isFinal(failure: MailFailure): boolean {
  return failure === "refused" || failure === "lapsed" || failure === "unreadable";
}

/** After a half minute, one, two, … up to an hour. */
export function waitMs(tries: number): number {
  return Math.min(FIRST_WAIT_MS * 2 ** (tries - 1), LONGEST_WAIT_MS);
}
