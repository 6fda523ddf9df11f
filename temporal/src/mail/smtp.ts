// Hands one mail to the mail server. The only code that knows nodemailer.
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

/** Null: the server has it. Else why not; `response`: the server's own words, plain, at most 300 characters. */
type Outcome = { failure: MailFailure; response: string | null } | null;
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
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return async ({ id, to, text }) => {
    try {
      await transport.sendMail({
        from,
        to: { name: "", address: to },
        subject: text.subject,
        text: plainBody(text),
        html: htmlBody(text),
        messageId: `<${id}@${domain}>`,
        headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
      });
      return null;
    } catch (error) {
      return { failure: failureOf(error), response: responseOf(error) };
    }
  };
}

/** nodemailer's errors: https://nodemailer.com/errors */
interface SmtpError {
  code?: string;
  responseCode?: number;
  response?: string;
  message?: string;
}

function failureOf(error: unknown): MailFailure {
  const { code = "", responseCode = 0, message = "" } = error as SmtpError; // whatever was thrown: each is looked at
  if (code === "EAUTH" || code === "ENOAUTH") return "sign_in";
  if (code === "ETLS" || /certificate|altname|SSL routines/i.test(message)) return "untrusted";
  if (responseCode >= 500) return "refused";
  if (responseCode >= 400) return "later";
  return "unreachable";
}

function responseOf(error: unknown): string | null {
  const { response } = error as SmtpError; // as above
  if (response === undefined || response === "") return null;
  return response
    .replaceAll(/[\p{C}\s]+/gu, " ")
    .trim()
    .slice(0, 300);
}
