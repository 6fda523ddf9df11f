// Hands one mail to the mail server. The only code that knows nodemailer.
import { setTimeout as sleep } from "node:timers/promises";
import type { MailFailure } from "@homeport/db/types";
import { htmlBody, plainBody } from "@homeport/domain/mail/mail-body";
import type { MailText } from "@homeport/domain/text/mail-text";
import { createTransport } from "nodemailer";
import type { MailSettings } from "./mail-settings";

interface OutgoingMail {
  /** Its row's: the message has the same id at every try, so that one which was sent twice is known as one. */
  id: string;
  to: string;
  text: MailText;
}

/**
 * Null: the server has it. Else why not; `response`: the server's own words, plain, at most 300 characters. `ofServer`: another mail would have fared
 * the same.
 */
export type Outcome = { failure: MailFailure; response: string | null; ofServer: boolean } | null;
export type SendMail = (mail: OutgoingMail) => Promise<Outcome>;

/** `domain`: the part of message ids behind the "@". */
export function createSmtp(settings: MailSettings, { domain }: { domain: string }): SendMail {
  const { host, port, secure, onThisMachine, user, from } = settings;
  const transport = createTransport({
    host,
    port,
    secure,
    requireTLS: !secure && !onThisMachine,
    // A server on this machine has a certificate for its public name, if any.
    ignoreTLS: !secure && onThisMachine,
    ...(user === null ? {} : { auth: { user: user.name, pass: user.password } }),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    // Of silence: a server may look through a mail for long before it takes it (RFC 5321, section 4.5.3.2.6).
    socketTimeout: 120_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return async ({ id, to, text }) => {
    try {
      await within(
        DEADLINE_MS,
        transport.sendMail({
          from,
          to: { name: "", address: to },
          subject: text.subject,
          text: plainBody(text),
          html: htmlBody(text),
          messageId: `<${id}@${domain}>`,
          headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
        }),
      );
      return null;
    } catch (error) {
      return { ...failureOf(error), response: responseOf(error) };
    }
  };
}

/** All of one mail, from the first byte to the last answer, however slowly they come. */
export const DEADLINE_MS = 150_000;

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const late = new AbortController();
  try {
    return await Promise.race([
      work,
      sleep(ms, undefined, { signal: late.signal }).then(() => {
        throw new Error("the mail server was too slow");
      }),
    ]);
  } finally {
    late.abort();
  }
}

/** nodemailer's errors: https://nodemailer.com/errors */
interface SmtpError {
  code?: string;
  responseCode?: number;
  response?: string;
  message?: string;
  /** "CONN", "AUTH PLAIN", "MAIL FROM", "RCPT TO", "DATA". */
  command?: string;
}

function failureOf(error: unknown): { failure: MailFailure; ofServer: boolean } {
  const { code = "", responseCode = 0, message = "", command = "" } = error as SmtpError; // whatever was thrown: each is looked at
  if (code === "ETLS" || /certificate|altname|SSL routines/i.test(message))
    return { failure: "untrusted", ofServer: true };
  const isFinal = responseCode >= 500;
  if (code === "EAUTH" || code === "ENOAUTH")
    return { failure: isFinal || responseCode === 0 ? "sign_in" : "later", ofServer: true };
  // What was said about this reader or this mail. Without an answer nodemailer itself takes no such address.
  if (command === "RCPT TO" || command === "DATA" || (code === "EENVELOPE" && responseCode === 0))
    return { failure: isFinal || responseCode === 0 ? "refused" : "later", ofServer: false };
  if (isFinal) return { failure: "not_accepted", ofServer: true };
  return { failure: responseCode >= 400 ? "later" : "unreachable", ofServer: true };
}

function responseOf(error: unknown): string | null {
  const { response } = error as SmtpError; // as above
  if (response === undefined || response === "") return null;
  return response
    .replaceAll(/[\p{C}\s]+/gu, " ")
    .trim()
    .slice(0, 300);
}
