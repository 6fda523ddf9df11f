// Tickets and CSRF tokens: signed, two hours long (pve-access-control, AccessControl.pm; pve-common, Ticket.pm).

import { createHmac, timingSafeEqual } from "node:crypto";

export interface Tickets {
  issue(userid: string, nowMs: number): { ticket: string; csrf: string };
  /** Whose ticket it is, or undefined when it is none of ours or too old. */
  userOf(ticket: string, nowMs: number): string | undefined;
  isCsrfOf(userid: string, token: string, nowMs: number): boolean;
}

const lifeS = 7_200;
/** Clocks may differ by so much. */
const graceS = 300;

export function createTickets(secret: string): Tickets {
  const sign = (text: string) => createHmac("sha256", secret).update(text).digest("base64");
  const timeNow = (nowMs: number) =>
    Math.floor(nowMs / 1000)
      .toString(16)
      .toUpperCase()
      .padStart(8, "0");
  const csrfText = (time: string, userid: string) => `CSRF:${time}:${userid}`;
  return {
    issue(userid, nowMs) {
      const time = timeNow(nowMs);
      const text = `PVE:${userid}:${time}`;
      return { ticket: `${text}::${sign(text)}`, csrf: `${time}:${sign(csrfText(time, userid))}` };
    },
    userOf(ticket, nowMs) {
      const [, text = "", userid, time = "", signature = ""] =
        /^(PVE:([^\s:]+):([0-9A-F]{8}))::(\S+)$/.exec(ticket) ?? [];
      return same(signature, sign(text)) && isFresh(time, nowMs) ? userid : undefined;
    },
    isCsrfOf(userid, token, nowMs) {
      const [time = "", ...signature] = token.split(":");
      return same(signature.join(":"), sign(csrfText(time, userid))) && isFresh(time, nowMs);
    },
  };
}

function isFresh(time: string, nowMs: number): boolean {
  const ageS = nowMs / 1000 - Number.parseInt(time, 16);
  return ageS > -graceS && ageS < lifeS;
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
