// The Temporal server of one machine: `server start-dev` on a durable file, on loopback, its memory bounded.
import { existsSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { startChild, type Running } from "./child";
import type { Ports } from "./ports";
import { getTemporal, mismatch, type TemporalBinary } from "./temporal-binary";
import { searchAttributes, temporalAnswers } from "./temporal-namespace";

export interface TemporalFiles {
  dir: string;
  log: string;
}

/** Chooses the server for the data in `dir` and pins its version there before the first use. */
export async function prepareTemporal(dir: string, say: (line: string) => void): Promise<TemporalBinary> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const pinned = pinnedVersion(dir);
  const binary = await getTemporal({ pinned, say });
  if (pinned === undefined) await writeFile(path.join(dir, "server-version"), `${binary.serverVersion}\n`);
  return binary;
}

/** The server version that made the data; SQLite files of Temporal are never migrated, so no other may open them. */
export function pinnedVersion(dir: string): string | undefined {
  const file = path.join(dir, "server-version");
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  if (existsSync(path.join(dir, "temporal.db"))) throw new Error(mismatch("unknown (its server-version file is missing)", "pinned"));
  return undefined;
}

export async function startTemporal(binary: TemporalBinary, files: TemporalFiles, options: { ports: Ports; onSpawn?: (pid: number) => void }): Promise<Running> {
  const address = `127.0.0.1:${options.ports.temporal}`;
  return startChild({
    name: "temporal",
    argv: [binary.file, ...serverArguments(files.dir, options.ports)],
    cwd: files.dir,
    // A small Go heap: the caches below are bounded by size, so this is a guard, not a squeeze.
    env: { GOMEMLIMIT: "256MiB", GOMAXPROCS: "4" },
    log: files.log,
    ready: () => temporalAnswers(address),
    ...(options.onSpawn ? { onSpawn: options.onSpawn } : {}),
  });
}

function serverArguments(dir: string, ports: Ports): string[] {
  return [
    "server", "start-dev",
    "--ip", "127.0.0.1", "--port", String(ports.temporal),
    "--ui-ip", "127.0.0.1", "--ui-port", String(ports.temporalUi),
    "--metrics-port", String(ports.temporalMetrics),
    "--db-filename", path.join(dir, "temporal.db"),
    // One fsync per commit and nothing lost when the power goes.
    ...repeat("--sqlite-pragma", ["journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"]),
    ...repeat("--search-attribute", Object.entries(searchAttributes).map(([name, type]) => `${name}=${type}`)),
    ...repeat("--dynamic-config-value", [
      "history.cacheSizeBasedLimit=true",
      `history.hostLevelCacheMaxSizeBytes=${64 * 2 ** 20}`,
      `history.eventsHostLevelCacheMaxSizeBytes=${2 * 2 ** 20}`,
      "matching.numTaskqueueReadPartitions=1",
      "matching.numTaskqueueWritePartitions=1",
    ]),
    "--log-level", "warn",
  ];
}

function repeat(flag: string, values: readonly string[]): string[] {
  return values.flatMap((value) => [flag, value]);
}
