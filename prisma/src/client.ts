// The database, for servers: the worker, the dashboard's server side, the launchers. Never for a browser.
import { Socket } from "node:net";
import { constants } from "node:os";
import { PrismaPg } from "@prisma/adapter-pg";
import type { ClientBase, Connection } from "pg";
import { PrismaClient } from "./generated/client";
import { createStatementNames } from "./statement-names";

export { Prisma } from "./generated/client";
export type Db = PrismaClient;
/** What a transaction hands to its body; every query function that may run inside one takes this. */
export type DbOrTransaction = Db | Parameters<Parameters<Db["$transaction"]>[0]>[0];

export interface DbOptions {
  /** Connections at once. */
  max?: number;
  /** A connection on which nothing comes for so long is given up, with what was asked on it. Longer than any statement of ours takes. */
  silenceMs?: number;
}

const CONNECT_MS = 5_000;
const SILENCE_MS = 20_000;
/**
 * Prisma's own limit (5 s) sends ROLLBACK from beside the body: what a nested write still has to send then follows it, outside of any
 * transaction, and stays (prisma/orm#29762). `setTimeout` takes no longer time than this; a connection that is silent ends below.
 */
const transactionOptions = { maxWait: 2 * CONNECT_MS, timeout: 2 ** 31 - 1 };

export function createDb(connectionString: string, { max = 10, silenceMs = SILENCE_MS }: DbOptions = {}): Db {
  const onConnect = (client: ClientBase): void => {
    endWhenSilent(client, silenceMs);
  };
  return new PrismaClient({
    adapter: new PrismaPg(
      { connectionString, max, connectionTimeoutMillis: CONNECT_MS, keepAlive: true, onConnect },
      { statementNameGenerator: createStatementNames() },
    ),
    transactionOptions,
  });
}

/**
 * A server that is frozen, or behind a firewall that drops packets, neither answers nor closes. The connection is ended rather than
 * the query (pg's `query_timeout`): that one would go back to the pool with its transaction open, and swallow later writes.
 */
function endWhenSilent(client: ClientBase, silenceMs: number): void {
  const { stream } = (client as ClientBase & { connection: Connection }).connection; // its type names it on the subclass only
  if (!(stream instanceof Socket)) throw new TypeError("a connection to PostgreSQL is a socket");
  const { ETIMEDOUT: errno } = constants.errno;
  // As the system itself says it, so that the adapter knows it: SocketTimeout, P1008.
  stream.setTimeout(silenceMs, () =>
    stream.destroy(
      Object.assign(new Error(`PostgreSQL said nothing for ${silenceMs} ms`), {
        code: "ETIMEDOUT",
        errno,
        syscall: "read",
      }),
    ),
  );
}
