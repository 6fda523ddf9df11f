// The database, for servers: the worker, the dashboard's server side, the launchers. Never for a browser.
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "./generated/client";

export { Prisma } from "./generated/client";
export type Db = PrismaClient;
/** What a transaction hands to its body; every query function that may run inside one takes this. */
export type DbOrTransaction = Db | Parameters<Parameters<Db["$transaction"]>[0]>[0];

export function createDb(connectionString: string, options: { max?: number } = {}): Db {
  return new PrismaClient({
    adapter: new PrismaPg({ connectionString, max: options.max ?? 10, connectionTimeoutMillis: 5_000 }),
  });
}
