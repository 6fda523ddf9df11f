// Who a request comes from: `Authorization: PVEAPIToken=user@realm!name=secret` (pve-http-server, Formatter.pm).

import { actorOf, type Actor } from "../access/actor";
import type { Access } from "../access/access";
import { percentDecoded } from "./percent";

/** The actor, or the reason phrase of the 401. */
export function authenticate(access: Access, header: string | undefined, nowMs: number): Actor | string {
  const given = /PVEAPIToken[= ]([^;]*)/.exec(header ?? "")?.[1];
  if (given === undefined) return "No ticket";
  const match = /^([^\s:/]+@[A-Za-z][A-Za-z0-9.\-_]+![A-Za-z][A-Za-z0-9.\-_]+)=(\S+)$/.exec(percentDecoded(given.trim()));
  const [, tokenid = "", secret = ""] = match ?? [];
  return match !== null && access.verifies(tokenid, secret, nowMs) ? actorOf(tokenid) : "Authentication failed!";
}
