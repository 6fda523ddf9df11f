// At which address the passkeys of this installation are for: what it knows of its own (HOMEPORT_URL), never what a request says.
import { readIp } from "@homeport/domain/container/ip-address";
import { AppError } from "@homeport/domain/error";
import type { Context } from "../context";

/** `rpId`: the host name that a passkey is for. `origin`: of the pages that it is used on. `why`: there is none, in a sentence. */
export type PasskeyPlace = { rpId: string; origin: string } | { why: string };

const LOOPBACK = new Set(["127.0.0.1", "[::1]", "localhost"]);

/**
 * Browsers have passkeys for names alone (WebAuthn, 5.1.2), and on pages that came over https or from this machine. A Homeport that is reached at
 * 127.0.0.1 is reached as localhost too, which is a name.
 */
export function passkeyPlace(publicUrl: string | undefined): PasskeyPlace {
  if (publicUrl === undefined)
    return { why: "This Homeport does not know its own address: passkeys need it started with HOMEPORT_URL." };
  const { protocol, hostname, origin, port } = new URL(publicUrl);
  if (protocol === "http:") {
    if (LOOPBACK.has(hostname))
      return { rpId: "localhost", origin: `http://localhost${port === "" ? "" : `:${port}`}` };
    if (hostname.endsWith(".localhost")) return { rpId: hostname, origin };
    return {
      why: `Passkeys cannot be used here: browsers have none on pages that come over plain http, as from ${origin}. They need https and a name: whoever runs this Homeport sets both up with a reverse proxy and HOMEPORT_URL.`,
    };
  }
  if (hostname.startsWith("[") || readIp(hostname) !== undefined)
    return {
      why: `Passkeys cannot be used here: browsers have none for ${hostname}, which is an IP address and no name. Whoever runs this Homeport gives it a name in HOMEPORT_URL.`,
    };
  return { rpId: hostname, origin };
}

/** Throws "passkey.place" where there is none. */
export function requirePlace({ config }: Pick<Context, "config">): { rpId: string; origin: string } {
  const place = passkeyPlace(config.publicUrl);
  if ("why" in place) throw new AppError("passkey.place", place.why);
  return place;
}
