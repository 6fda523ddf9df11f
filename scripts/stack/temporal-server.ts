// The Temporal server of one machine: `server start-dev` on a durable file, on loopback, its memory bounded.
import { existsSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { randomInt } from "node:crypto";
import path from "node:path";
import { startChild, type Running } from "./child";
import { anyPort, type Ports } from "./ports";
import { getTemporal, mismatch, type TemporalBinary } from "./temporal-binary";
import { searchAttributes, temporalAnswers } from "./temporal-namespace";

export interface TemporalFiles {
  dir: string;
  log: string;
}

/** Chooses the server for the data in `dir` and pins its version there before the first use. */
export async function prepareTemporal(dir: string, print: (line: string) => void): Promise<TemporalBinary> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const pinned = pinnedVersion(dir);
  const binary = await getTemporal({ pinned, print });
  if (pinned === undefined) await writeFile(path.join(dir, "server-version"), `${binary.serverVersion}\n`);
  return binary;
}

/** The server version that made the data; SQLite files of Temporal are never migrated, so no other may open them. */
export function pinnedVersion(dir: string): string | undefined {
  const file = path.join(dir, "server-version");
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  if (existsSync(path.join(dir, "temporal.db")))
    throw new Error(mismatch("unknown (its server-version file is missing)", "pinned"));
  return undefined;
}

/** Where its UI listens for the dashboard, which serves it to signed-in people (apps/dashboard/app/engine). */
export interface UiAddress {
  host: string;
  port: number;
}

/** The dashboard's path to it; the UI writes its links with it. */
export const UI_PATH = "/engine";

/**
 * The UI asks nobody who they are, and does not look at the Host header: a page whose name was rebound to loopback could use it as its
 * own. So it is where nobody can guess: on Linux all of 127.0.0.0/8 is loopback (RFC 1122, 3.2.1.3), elsewhere only 127.0.0.1 is set up.
 */
export async function chooseUiAddress(platform = process.platform): Promise<UiAddress> {
  const host =
    platform === "linux" ? `127.${randomInt(1, 255)}.${randomInt(0, 256)}.${randomInt(2, 255)}` : "127.0.0.1";
  return { host, port: await anyPort() };
}

interface Starting {
  ports: Pick<Ports, "temporal" | "temporalMetrics">;
  /** Absent: without a UI. */
  ui?: UiAddress;
  /** Of the HTTP API, which answers nobody; absent: any. */
  httpPort?: number;
  onSpawn?: (pid: number) => void;
}

export async function startTemporal(binary: TemporalBinary, files: TemporalFiles, options: Starting): Promise<Running> {
  const address = `127.0.0.1:${options.ports.temporal}`;
  return startChild({
    name: "temporal",
    argv: [binary.file, ...serverArguments(files.dir, options)],
    cwd: files.dir,
    // A small Go heap: the caches below are bounded by size, so this is a guard, not a squeeze.
    env: { GOMEMLIMIT: "256MiB", GOMAXPROCS: "4" },
    log: files.log,
    ready: () => temporalAnswers(address),
    ...(options.onSpawn ? { onSpawn: options.onSpawn } : {}),
  });
}

function serverArguments(dir: string, { ports, ui, httpPort }: Starting): string[] {
  return [
    "server",
    "start-dev",
    "--ip",
    "127.0.0.1",
    "--port",
    String(ports.temporal),
    ...(ui === undefined
      ? ["--headless"]
      : ["--ui-ip", ui.host, "--ui-port", String(ui.port), "--ui-public-path", UI_PATH]),
    ...(httpPort === undefined ? [] : ["--http-port", String(httpPort)]),
    "--metrics-port",
    String(ports.temporalMetrics),
    "--db-filename",
    path.join(dir, "temporal.db"),
    // One fsync per commit and nothing lost when the power goes.
    ...repeat("--sqlite-pragma", ["journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"]),
    ...repeat(
      "--search-attribute",
      Object.entries(searchAttributes).map(([name, type]) => `${name}=${type}`),
    ),
    ...repeat("--dynamic-config-value", [
      "history.cacheSizeBasedLimit=true",
      `history.hostLevelCacheMaxSizeBytes=${64 * 2 ** 20}`,
      `history.eventsHostLevelCacheMaxSizeBytes=${2 * 2 ** 20}`,
      "matching.numTaskqueueReadPartitions=1",
      "matching.numTaskqueueWritePartitions=1",
      ...commonConfig,
    ]),
    "--log-level",
    "warn",
  ];
}

/**
 * The server opens an HTTP API beside gRPC that takes a cross-site text/plain POST from any web page, and it cannot be switched off:
 * it answers 403 to every Host but this one, which no name server may know (RFC 6761, 6.4).
 */
const closedHttp = ['frontend.httpAllowedHosts=["closed.invalid"]', "system.enableNexus=false"];

/**
 * Of the tests' server too. An activity on the queue of the workflow that asks for it is handed to that workflow's worker with the answer to its
 * task, and does not pass through the queue first.
 */
export const commonConfig: readonly string[] = [...closedHttp, "system.enableActivityEagerExecution=true"];

function repeat(flag: string, values: readonly string[]): string[] {
  return values.flatMap((value) => [flag, value]);
}
