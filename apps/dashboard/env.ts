// The dashboard's environment, parsed once at the first request: `next build` has none of it.
import { isAddressOrNetwork } from "@homeport/domain/container/ip-address";
import { z } from "zod";

const list = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((part) => part.trim())
      .filter(Boolean),
  );
const optional = z
  .string()
  .optional()
  .transform((text) => (text?.trim() === "" ? undefined : text));

const Env = z.object({
  DATABASE_URL: z.url(),
  TEMPORAL_ADDRESS: z.string().default("127.0.0.1:7233"),
  TEMPORAL_NAMESPACE: z.string().default("default"),
  /** A Temporal UI that somebody else guards; by default ours is at /engine, for those who may see it. */
  TEMPORAL_UI_URL: optional,
  /** Where the launcher has Temporal's UI listen; nobody else knows. */
  TEMPORAL_UI_UPSTREAM: optional,
  /** E-mail addresses of those who may see the engine's own screens, comma-separated; empty: whoever signed up first. */
  HOMEPORT_ENGINE_READERS: list,
  HOMEPORT_KEY_FILE: z.string().min(1),
  /** The public origin, such as "https://homeport.lan"; https makes the cookies Secure. */
  HOMEPORT_URL: optional,
  /** The mail server that the worker uses; the dashboard only knows whether there is one. */
  HOMEPORT_SMTP_URL: optional,
  /** "closed": nobody signs up but the first person. */
  HOMEPORT_SIGN_UP: z.enum(["open", "invitation", "closed"]).default("open"),
  /** Holds the demo person's e-mail and password, where there is one. */
  HOMEPORT_DEMO_FILE: optional,
  /** Holds the hash of the token that signs the demo person in once. */
  HOMEPORT_DEMO_TOKEN_FILE: optional,
  /** "1" where the lab node listens on this machine. */
  HOMEPORT_ALLOW_LOOPBACK_NODES: z
    .string()
    .optional()
    .transform((text) => text === "1"),
  /** Ports of Homeport's own services on this machine, comma-separated: no node can be there. */
  HOMEPORT_OWN_PORTS: list.transform((ports) => ports.map(Number).filter(Number.isInteger)),
  /** Reverse proxies whose X-Forwarded-For is believed, comma-separated addresses or networks. */
  HOMEPORT_TRUSTED_PROXIES: list.refine((all) => all.every(isAddressOrNetwork)),
  /** Widens the rate limits for test suites that all come from one address. */
  HOMEPORT_LIMIT_FACTOR: z.coerce.number().positive().default(1),
});
export type Env = z.output<typeof Env>;

let parsed: Env | undefined;

/** Throws what is wrong, all at once, when a variable is missing. */
export function env(): Env {
  return (parsed ??= Env.parse(process.env));
}
