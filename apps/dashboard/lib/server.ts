// What the server side is made of, made once per process at the first request.
import "server-only";
import { lookup } from "node:dns/promises";
import { createGate, createWake, type Deps, type WakeConnection } from "@homeport/api";
import { createAuth } from "@homeport/auth";
import { createDb } from "@homeport/db/client";
import { readVault } from "@homeport/db/sealing";
import { env, type Env } from "../env";
import { createEngine } from "./engine";
import { requireKeysOf } from "./refuse";

declare global {
  // Pages, route handlers and the proxy are bundles of their own; this is what they share.
  var homeportDeps: (Deps & { wake: WakeConnection }) | undefined;
}

/** The address that `instrumentation.ts` writes into each request from its socket. */
export const PEER_HEADER = "x-homeport-peer";

export function deps(): Deps {
  return (globalThis.homeportDeps ??= createDeps(env()));
}

function createDeps(settings: Env): Deps & { wake: WakeConnection } {
  const db = createDb(settings.DATABASE_URL);
  requireKeysOf(db, settings.HOMEPORT_KEY_FILE);
  return {
    db,
    auth: createAuth({
      db,
      secureCookies: settings.HOMEPORT_URL?.startsWith("https://") ?? false,
      limitFactor: settings.HOMEPORT_LIMIT_FACTOR,
    }),
    vault: readVault(settings.HOMEPORT_KEY_FILE),
    engine: createEngine(settings, db),
    wake: createWake(settings.DATABASE_URL),
    gate: createGate(),
    clock: () => new Date(),
    log: ({ id, path, error }) => {
      process.stderr.write(
        `${JSON.stringify({ level: "error", at: new Date().toISOString(), id, path, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })}\n`,
      );
    },
    resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
    config: {
      nodes: { allowLoopback: settings.HOMEPORT_ALLOW_LOOPBACK_NODES, ownPorts: ownPorts(settings) },
      trustedProxies: settings.HOMEPORT_TRUSTED_PROXIES,
      origins: settings.HOMEPORT_URL === undefined ? [] : [new URL(settings.HOMEPORT_URL).origin],
      publicUrl: settings.HOMEPORT_URL,
      mailServer: settings.HOMEPORT_SMTP_URL !== undefined,
      signUp: settings.HOMEPORT_SIGN_UP,
      demoFile: settings.HOMEPORT_DEMO_FILE,
      demoTokenFile: settings.HOMEPORT_DEMO_TOKEN_FILE,
      temporalUiUrl: settings.TEMPORAL_UI_URL ?? (settings.TEMPORAL_UI_UPSTREAM === undefined ? undefined : "/engine"),
      temporalUiGuarded: settings.TEMPORAL_UI_URL === undefined,
      engineReaders: settings.HOMEPORT_ENGINE_READERS,
      temporalNamespace: settings.TEMPORAL_NAMESPACE,
    },
  };
}

/** Of the addresses in the environment those that are certainly ours, besides those the launcher names. */
function ownPorts(settings: Env): number[] {
  const urls = [
    settings.DATABASE_URL,
    settings.HOMEPORT_URL,
    settings.TEMPORAL_UI_URL,
    `http://${settings.TEMPORAL_ADDRESS}`,
  ];
  return [
    ...settings.HOMEPORT_OWN_PORTS,
    ...urls.flatMap((url) => (url === undefined ? [] : [Number(new URL(url).port)])),
  ].filter((port) => port > 0);
}
