// Who a request comes from: a ticket's cookie before an API token, in Proxmox's order (pve-http-server, AnyEvent.pm, Formatter.pm).

import { actorOf, type Actor } from "../access/actor";
import type { Core } from "../core";
import { percentDecoded } from "./percent";

export interface Credentials {
  method: string;
  cookie: string | undefined;
  authorization: string | undefined;
  csrf: string | undefined;
}

/** A call that anybody may make acts as nobody. */
export const nobody: Actor = { authid: "", user: "", root: false };

/** The actor, or the reason phrase of the 401. */
export function authenticate(core: Core, given: Credentials): Actor | string {
  const nowMs = core.clock.now();
  const ticket = cookieValue(given.cookie ?? "") ?? /PVEAuthCookie[= ]([^;]*)/.exec(given.authorization ?? "")?.[1];
  if (ticket !== undefined) {
    const userid = core.tickets.userOf(percentDecoded(ticket.trim()), nowMs);
    if (userid === undefined || !core.access.isEnabled(userid)) return "Authentication failed!";
    const safe = given.method === "GET" || core.tickets.isCsrfOf(userid, given.csrf ?? "", nowMs);
    return safe ? actorOf(userid) : "Permission denied - invalid csrf token";
  }
  const token = /PVEAPIToken[= ]([^;]*)/.exec(given.authorization ?? "")?.[1];
  if (token === undefined) return "No ticket";
  const match = /^([^\s:/]+@[A-Za-z][A-Za-z0-9.\-_]+![A-Za-z][A-Za-z0-9.\-_]+)=(\S+)$/.exec(
    percentDecoded(token.trim()),
  );
  const [, tokenid = "", secret = ""] = match ?? [];
  return match !== null && core.access.verifies(tokenid, secret, nowMs) ? actorOf(tokenid) : "Authentication failed!";
}

function cookieValue(header: string): string | undefined {
  return /(?:^|[\s;])PVEAuthCookie=([^;]*)/.exec(header)?.[1];
}
