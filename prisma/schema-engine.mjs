#!/usr/bin/env node
// For developers: `prisma migrate dev` and `migrate diff` without Prisma's native schema engine, which is downloaded from binaries.prisma.sh.
// Neither the product nor a test starts it: migrations are applied by src/migrate.ts.
// Speaks the CLI's JSON-RPC over stdio and runs @prisma/schema-engine-wasm on @prisma/adapter-pg.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import path from "node:path";
import readline from "node:readline";
import { randomUUID } from "node:crypto";
import pg from "pg";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";

const argv = process.argv.slice(2);
if (argv.includes("--version") || argv[0] === "-V") {
  console.log("schema-engine-cli wasm-shim");
  process.exit(0);
}
const opt = (n) => argv.flatMap((a, i) => (a === n ? [argv[i + 1]] : []));
const ds = JSON.parse(opt("--datasource")[0] ?? "{}");
const datamodels = opt("--datamodels").map((f) => [path.resolve(f), readFileSync(f, "utf8")]);

function pgConfig(url) {
  // discrete fields, not connectionString: pg lets connectionString override `database`, which breaks shadow databases
  const u = new URL(url);
  const schema = u.searchParams.get("schema") ?? undefined;
  return {
    schema,
    cfg: {
      host: u.searchParams.get("host") ?? decodeURIComponent(u.hostname),
      port: Number(u.port || 5432),
      user: decodeURIComponent(u.username),
      password: decodeURIComponent(u.password),
      database: decodeURIComponent(u.pathname.slice(1)) || undefined,
      ssl: /^(require|verify)/.test(u.searchParams.get("sslmode") ?? "")
        ? { rejectUnauthorized: u.searchParams.get("sslmode") !== "require" }
        : undefined,
      max: 3,
    },
  };
}
// adapter-pg refuses the catalog's internal "char" type (oid 18), which the schema describer reads: hand it over as Character
async function connectPg(cfg, options) {
  const conn = await new PrismaPg(cfg, options).connect();
  const proto = Object.getPrototypeOf(Object.getPrototypeOf(conn)); // PgQueryable, shared by connections and transactions
  if (!proto.charPatched) {
    const { performIO, queryRaw } = proto;
    proto.performIO = async function (q) {
      const r = await performIO.call(this, q);
      this.charColumns = (r.fields ?? []).map((f) => f.dataTypeID === 18 && ((f.dataTypeID = 25), true));
      return r;
    };
    proto.queryRaw = async function (q) {
      const r = await queryRaw.call(this, q);
      r.columnTypes = r.columnTypes.map((t, i) => (this.charColumns[i] ? ColumnTypeEnum.Character : t));
      return r;
    };
    // stock executeScript splits on every ";" (breaks $$ bodies, loses atomicity): send the script whole, as the native engine does
    Object.getPrototypeOf(conn).executeScript = async function (sql) {
      try {
        await this.client.query(sql);
      } catch (e) {
        this.onError(e);
      }
    };
    proto.charPatched = true;
  }
  return conn;
}
class Factory extends PrismaPg {
  connect() {
    return connectPg(this.cfg, { schema: this.schemaName });
  }
  constructor(url, shadowUrl) {
    const { cfg, schema } = pgConfig(url);
    super(cfg, { schema });
    this.cfg = cfg;
    this.schemaName = schema;
    this.shadowUrl = shadowUrl;
  }
  async connectToShadowDb() {
    if (this.shadowUrl) {
      // caller-provided, wiped before use
      const { cfg } = pgConfig(this.shadowUrl);
      const c = new pg.Client(cfg);
      await c.connect();
      await c.query("DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public");
      await c.end();
      return connectPg(cfg);
    }
    const database = `prisma_migrate_shadow_db_${randomUUID()}`;
    const admin = async (sql) => {
      const c = new pg.Client(this.cfg);
      await c.connect();
      try {
        await c.query(sql);
      } finally {
        await c.end();
      }
    };
    await admin(`CREATE DATABASE "${database}"`);
    const conn = await connectPg({ ...this.cfg, database });
    const dispose = conn.dispose.bind(conn);
    conn.dispose = async () => {
      await dispose();
      await admin(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`);
    };
    return conn;
  }
}
async function admin(url, fn) {
  const { cfg } = pgConfig(url);
  const c = new pg.Client({ ...cfg, database: "postgres" });
  await c.connect();
  try {
    return await fn(c, cfg.database);
  } finally {
    await c.end();
  }
}
const ident = (s) => `"${s.replaceAll('"', '""')}"`;
const pcode = (e) =>
  ({ "3D000": "P1003", "28P01": "P1000", 28000: "P1010", "42P04": "P1009" })[e?.code] ??
  (/ECONN|ENOTFOUND|ETIMEDOUT/.test(e?.code ?? "") ? "P1001" : undefined);
function cliFail(e) {
  const code = pcode(e) ?? "P1001";
  process.stderr.write(
    "\n" +
      JSON.stringify({
        level: "ERROR",
        target: "schema_engine::logger",
        fields: { message: e.message || String(e.code), error_code: code, is_panic: false },
      }),
  );
  process.exit(1);
}
if (argv.includes("cli")) {
  const cmd = argv[argv.indexOf("cli") + 1];
  try {
    if (cmd === "can-connect-to-database") {
      const c = new pg.Client(pgConfig(ds.url).cfg);
      await c.connect();
      await c.end();
    } else if (cmd === "create-database") await admin(ds.url, (c, db) => c.query(`CREATE DATABASE ${ident(db)}`));
    else if (cmd === "drop-database")
      await admin(ds.url, (c, db) => c.query(`DROP DATABASE IF EXISTS ${ident(db)} WITH (FORCE)`));
    else throw new Error(`unknown cli command ${cmd}`);
    process.exit(0);
  } catch (e) {
    cliFail(e);
  }
}

let panic;
globalThis.PRISMA_WASM_PANIC_REGISTRY = {
  set_message: (m) => {
    panic = m;
  },
};
async function loadEngine() {
  const dir = path.dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm"));
  const bg = await import(path.join(dir, "schema_engine_bg.js"));
  const { instance } = await WebAssembly.instantiate(readFileSync(path.join(dir, "schema_engine_bg.wasm")), {
    "./schema_engine_bg.js": bg,
  });
  bg.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return bg.SchemaEngine;
}
let current; // a wasm panic surfaces as an uncaught error, not as a rejection
process.on("uncaughtException", (e) => {
  const message = panic ?? e.stack;
  process.stdout.write(
    JSON.stringify({
      jsonrpc: "2.0",
      id: current,
      error: { code: 4466, message, data: { is_panic: false, message } },
    }) + "\n",
    () => process.exit(0),
  );
});
let SchemaEngine;
// a fresh engine per call: after applyMigrations the wasm engine forgets its shadow-database factory
async function engine() {
  SchemaEngine ??= await loadEngine();
  const factory = bindMigrationAwareSqlAdapterFactory(new Factory(ds.url, ds.shadowDatabaseUrl));
  return SchemaEngine.new({ datamodels: datamodels.length ? datamodels : undefined }, () => {}, factory);
}
let nextPrint = 1;
async function handle({ method, params }) {
  if (method === "createDatabase") {
    await admin(ds.url, (c, db) => c.query(`CREATE DATABASE ${ident(db)}`));
    return { databaseName: pgConfig(ds.url).cfg.database };
  }
  const e = await engine();
  if (method === "getDatabaseVersion") return e.version(params);
  if (method === "getDatabaseDescription") return "";
  // these two build the shadow schema only through a cache that devDiagnostic fills
  if (method === "evaluateDataLoss" || method === "createMigration")
    await e.devDiagnostic({ migrationsList: params.migrationsList, filters: params.filters });
  const r = await e[method](params);
  if (method === "diff") {
    // the native engine prints through an RPC of its own
    if (r.stdout)
      process.stdout.write(
        JSON.stringify({ jsonrpc: "2.0", id: 1e6 + nextPrint++, method: "print", params: { content: r.stdout } }) +
          "\n",
      );
    return { exitCode: r.exitCode, stdout: null };
  }
  return r ?? {};
}
for await (const line of readline.createInterface({ input: process.stdin })) {
  if (!line.trim()) continue;
  const msg = JSON.parse(line);
  if (!msg.method) continue; // answer to our print
  let out;
  current = msg.id;
  try {
    out = { jsonrpc: "2.0", id: msg.id, result: await handle(msg) };
  } catch (err) {
    if (panic) {
      process.stdout.write(
        JSON.stringify({
          jsonrpc: "2.0",
          id: msg.id,
          error: { code: 4466, message: panic, data: { is_panic: true, message: panic, error: { message: panic } } },
        }) + "\n",
      );
      process.exit(101);
    }
    if (process.env.DEBUG_ENGINE)
      console.error(JSON.stringify({ fields: { message: String(err?.stack), x: JSON.stringify(err) } }));
    out = {
      jsonrpc: "2.0",
      id: msg.id,
      error: {
        code: 4466,
        message: "An error happened. Check the data field for details.",
        data: {
          is_panic: false,
          message: err?.message ?? String(err),
          error_code: err?.code ?? pcode(err?.cause) ?? null,
          meta: err?.meta ?? null,
        },
      },
    };
  }
  process.stdout.write(JSON.stringify(out) + "\n");
}
process.exit(0);
