// How mails are sent: the settings HOMEPORT_SMTP_URL, _USER, _PASSWORD_FILE and HOMEPORT_MAIL_FROM, judged by the launcher before anything starts and by the worker.
import { readFileSync } from "node:fs";
import { readIp } from "@homeport/domain/container/ip-address";
import { z } from "zod";

export interface MailSettings {
  host: string;
  port: number;
  /** TLS from the first byte (smtps). Else STARTTLS is demanded, but of a server on this machine. */
  secure: boolean;
  onThisMachine: boolean;
  /** Null: the server asks for none. */
  user: { name: string; password: string } | null;
  /** "homeport@example.com" or "Homeport <homeport@example.com>". */
  from: string;
}

interface Environment {
  HOMEPORT_SMTP_URL?: string | undefined;
  HOMEPORT_SMTP_USER?: string | undefined;
  HOMEPORT_SMTP_PASSWORD_FILE?: string | undefined;
  HOMEPORT_MAIL_FROM?: string | undefined;
}

const EXAMPLE = "such as HOMEPORT_SMTP_URL=smtp://mail.example.com:587";

/** Undefined: no mail server is set. Throws a sentence about what is wrong; none holds the password. */
export function mailSettingsOf(env: Environment): MailSettings | undefined {
  const {
    HOMEPORT_SMTP_URL: setting = "",
    HOMEPORT_SMTP_USER: name = "",
    HOMEPORT_SMTP_PASSWORD_FILE: file = "",
  } = env;
  const from = (env.HOMEPORT_MAIL_FROM ?? "").trim();
  if (setting.trim() === "") {
    const without = Object.entries({
      HOMEPORT_SMTP_USER: name,
      HOMEPORT_SMTP_PASSWORD_FILE: file,
      HOMEPORT_MAIL_FROM: from,
    }).find(([, value]) => value !== "");
    if (without !== undefined)
      throw new Error(`${without[0]} is set, and HOMEPORT_SMTP_URL is not: set it too, ${EXAMPLE}.`);
    return undefined;
  }
  if (!URL.canParse(setting))
    throw new Error(`HOMEPORT_SMTP_URL is no address: set it to the mail server's, ${EXAMPLE}.`);
  const url = new URL(setting);
  if (url.protocol !== "smtp:" && url.protocol !== "smtps:")
    throw new Error(
      `HOMEPORT_SMTP_URL begins with “${url.protocol}”; it begins with smtp:// (STARTTLS) or smtps:// (TLS), ${EXAMPLE}.`,
    );
  // Not quoted: it may hold the password.
  if (url.username !== "" || url.password !== "")
    throw new Error(
      "HOMEPORT_SMTP_URL holds a name or a password: put them into HOMEPORT_SMTP_USER and the file HOMEPORT_SMTP_PASSWORD_FILE.",
    );
  if (url.hostname === "" || !["", "/"].includes(url.pathname) || url.search !== "" || url.hash !== "")
    throw new Error(`HOMEPORT_SMTP_URL is a host and a port, and nothing behind them, ${EXAMPLE}.`);
  if (!isSender(from))
    throw new Error(
      `HOMEPORT_MAIL_FROM is ${from === "" ? "not set" : `“${from}”`}. Set it to the address that mails come from, such as HOMEPORT_MAIL_FROM="Homeport <homeport@example.com>".`,
    );
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const secure = url.protocol === "smtps:";
  return {
    host,
    port: Number(url.port || (secure ? 465 : 587)),
    secure,
    onThisMachine: host === "localhost" || readIp(host)?.range() === "loopback",
    user: userOf(name, file),
    from,
  };
}

function userOf(name: string, file: string): MailSettings["user"] {
  if (name === "" && file === "") return null;
  if (name === "" || file === "")
    throw new Error("HOMEPORT_SMTP_USER and HOMEPORT_SMTP_PASSWORD_FILE belong together: one of them is not set.");
  let password: string;
  try {
    password = readFileSync(file, "utf8").trim();
  } catch (error) {
    const { code = "it cannot be read" } = error as NodeJS.ErrnoException; // of a file system call
    throw new Error(`The file of HOMEPORT_SMTP_PASSWORD_FILE, ${file}, cannot be read (${code}).`, { cause: error });
  }
  if (password === "") throw new Error(`The file of HOMEPORT_SMTP_PASSWORD_FILE, ${file}, is empty.`);
  return { name, password };
}

function isSender(from: string): boolean {
  const address = /^[^<>"\r\n]*<([^<>]+)>$/.exec(from)?.[1] ?? from;
  return z.email().safeParse(address).success;
}
