// What the API is built from; made once by the server that serves it, in memory by tests.
import type { Auth } from "@homeport/auth";
import type { Db } from "@homeport/db/client";
import type { Vault } from "@homeport/db/sealing";
import type { AddressRules } from "@homeport/domain/node/node-address";
import type { Engine } from "./engine-port";
import type { Gate } from "./gate";
import type { Wake } from "./wake";

interface Config {
  nodes: AddressRules;
  /** Addresses of reverse proxies whose X-Forwarded-For is believed. */
  trustedProxies: readonly string[];
  /** Origins besides the request's own host from which mutations are taken, such as "https://homeport.lan". */
  origins: readonly string[];
  /** The address that people type (HOMEPORT_URL): where passkeys are for. */
  publicUrl?: string | undefined;
  /** "closed": nobody signs up but the first person of an installation; "invitation": who was invited too. Open by default. */
  signUp?: "open" | "invitation" | "closed" | undefined;
  /** Whether mails are sent; else they are kept for who set this installation up. */
  mailServer?: boolean | undefined;
  /** Holds {"email", "password"} of the demo person; undefined where there is none. */
  demoFile?: string | undefined;
  /** Holds {"sha256"} of the token that signs them in once; deleted when it is used. */
  demoTokenFile?: string | undefined;
  /** "http://127.0.0.1:8233"; undefined when Temporal has no UI that we know of. */
  temporalUiUrl?: string | undefined;
  /** Whether it is served by the dashboard, to those with `engine:read` only; else whoever runs it decides who sees it. */
  temporalUiGuarded?: boolean | undefined;
  /** E-mail addresses of those who may see the engine; empty: the person who signed up first. */
  engineReaders?: readonly string[] | undefined;
  temporalNamespace: string;
}

export interface Deps {
  db: Db;
  auth: Auth;
  vault: Vault;
  engine: Engine;
  wake: Wake;
  gate: Gate;
  config: Config;
  clock: () => Date;
  /** Told what a person must not see: the failure itself, with the number the person was given. */
  log: (entry: { id: string; path: string | undefined; error: unknown }) => void;
  /** The addresses of a host name; rejects when it has none. */
  resolve: (host: string) => Promise<string[]>;
}
