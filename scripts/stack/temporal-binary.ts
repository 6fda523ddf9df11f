// Where the Temporal server comes from: the PATH, our cache, Temporal's own download, Go. One pinned version.
import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { access, chmod, constants, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { cacheAt } from "./paths";

const run = promisify(execFile);

/** The newest CLI that `go install` can build: later ones have `replace` lines in go.mod (temporalio/cli#213). */
export const CLI_VERSION = "1.5.1";
/**
 * SHA-256 of its archives, by platform and architecture: what is downloaded is run only when it is one of these. From the lists that
 * cashapp/hermit-packages and zph/hermit-packages keep of the release's own checksums.txt (temporal-cli.hcl).
 */
const archiveSums: Readonly<Record<string, string>> = {
  "linux-amd64": "ddc95e08b0b076efd4ea9733a3f488eb7d2be875f8834e616cd2a37358b4852d",
  "linux-arm64": "bd1b0db9f18b051026de8bf6cc1505f2510f14bbb7a8b9a4a91fff46c77454f5",
  "darwin-amd64": "bbb73e2a31135abe50a1f1cdb35030c42961df618e8ce9c60ae89f201540c5d9",
  "darwin-arm64": "cca01b7ea35ad56e2a328d9ae596bf716bd22313ef63c7a761c88354457c2415",
};
/** Of its sources, as sum.golang.org has it (go.dev/ref/mod, "Checksum database"). */
const MODULE_SUM = "h1:0RZMk14BWxz44Xg6ciDQvpfAMffoG3J7/K03ql80teY=";
/** The server inside that CLI. */
const SERVER_VERSION = "1.29.1";

export interface TemporalBinary {
  file: string;
  /** Version of the server inside, "1.29.1": it decides which data files it may open. */
  serverVersion: string;
  /** For the screen: where it came from. */
  from: string;
}

export interface BinaryOptions {
  cacheDir?: string;
  searchPath?: string;
  /** Where the SDK downloads from, too; tests point it elsewhere. */
  downloadUrl?: string;
  /** Server version that made the data file, when there is one: others are passed over. */
  pinned?: string | undefined;
  print?: (line: string) => void;
}

/** Finds the server on this machine, without fetching anything. */
export async function findTemporal(options: BinaryOptions = {}): Promise<TemporalBinary | undefined> {
  const found = await installed(options);
  return found.find(({ serverVersion }) => options.pinned === undefined || serverVersion === options.pinned);
}

/** Finds the server or gets it. Throws one message that says everything that was tried and what to do. */
export async function getTemporal(options: BinaryOptions = {}): Promise<TemporalBinary> {
  const { pinned, print = () => undefined } = options;
  const here = await installed(options);
  const usable = here.find(({ serverVersion }) => pinned === undefined || serverVersion === pinned);
  if (usable) return usable;
  if (pinned !== undefined && pinned !== SERVER_VERSION)
    throw new Error(mismatch(pinned, here[0]?.serverVersion ?? SERVER_VERSION));

  const target = cached(options);
  const failures: string[] = [];
  for (const [from, get] of [
    ["Temporal's download", download],
    ["go install", goInstall],
  ] as const) {
    try {
      await mkdir(path.dirname(target), { recursive: true });
      await get(target, options);
      return await inspect(target, from);
    } catch (error) {
      const why = error instanceof Error ? error.message.split("\n")[0] : String(error);
      failures.push(`  ${from}: ${why}`);
      print(`Temporal could not be had from ${from}: ${why}`);
    }
  }
  throw new Error(
    [
      "There is no Temporal server. Tried: TEMPORAL_ADDRESS (not set), `temporal` on the PATH (none), the cache (empty), and",
      ...failures,
      "One of these helps:",
      `  - put the Temporal CLI v${CLI_VERSION} on the PATH (https://docs.temporal.io/cli), or copy it to ${target}`,
      "  - install Go 1.25 or newer and start again: it is then built, once",
      "  - set TEMPORAL_ADDRESS to a Temporal server that runs already",
    ].join("\n"),
  );
}

/** Why a data file of one server version is not opened by another one. */
export function mismatch(pinned: string, offered: string): string {
  return [
    `The Temporal data was made by server ${pinned}, but the Temporal server here is ${offered}.`,
    "Temporal does not migrate its SQLite file, so another version could lose runs.",
    `Put a Temporal CLI with server ${pinned} on the PATH, or start over with \`npm start -- --fresh\` (deletes all data).`,
  ].join("\n");
}

/** "temporal version 0.0.0-DEV (Server 1.29.1, UI 2.42.1)" → "1.29.1". */
export function parseServerVersion(output: string): string | undefined {
  return /Server (\d+\.\d+\.\d+[\w.-]*)/.exec(output)?.[1];
}

async function installed(options: BinaryOptions): Promise<TemporalBinary[]> {
  const onPath = (options.searchPath ?? process.env.PATH ?? "")
    .split(path.delimiter)
    .filter(Boolean)
    .map((dir) => path.join(dir, "temporal"));
  const candidates = [...onPath.map((file) => [file, "the PATH"] as const), [cached(options), "the cache"] as const];
  const found: TemporalBinary[] = [];
  for (const [file, from] of candidates) {
    const runs = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    const binary = runs ? await inspect(file, from).catch(() => undefined) : undefined;
    if (binary) found.push(binary);
  }
  return found;
}

async function inspect(file: string, from: string): Promise<TemporalBinary> {
  const { stdout } = await run(file, ["--version"], { timeout: 20_000 });
  const serverVersion = parseServerVersion(stdout);
  if (serverVersion === undefined) throw new Error(`${file} does not say its server version: ${stdout.trim()}`);
  return { file, serverVersion, from };
}

function cached({ cacheDir }: BinaryOptions): string {
  return path.join(cacheDir ?? cacheAt(), "bin", `temporal-${CLI_VERSION}`, "temporal");
}

/** Asks the service the SDK asks (sdk-core, ephemeral_server/mod.rs), for a fixed version. */
async function download(
  target: string,
  { downloadUrl = "https://temporal.download", print }: BinaryOptions,
): Promise<void> {
  const { platform, arch } = {
    platform: process.platform as string,
    arch: { x64: "amd64", arm64: "arm64" }[process.arch as string] ?? process.arch,
  };
  const expected = archiveSums[`${platform}-${arch}`];
  if (expected === undefined)
    throw new Error(`no checksum of a build for ${platform} ${arch} is known, so none is trusted`);
  const query = new URLSearchParams({ platform, arch, format: "tar.gz" }).toString();
  const info = await fetch(`${downloadUrl}/cli/v${CLI_VERSION}?${query}`, { signal: AbortSignal.timeout(5_000) }).catch(
    explainFetch,
  );
  if (!info.ok) throw new Error(`${downloadUrl} answered ${info.status}`);
  const { archiveUrl, fileToExtract } = (await info.json()) as { archiveUrl: string; fileToExtract: string }; // checked by the archive's checksum below
  print?.(`Downloading Temporal ${CLI_VERSION} …`);
  const archive = await fetch(archiveUrl, { signal: AbortSignal.timeout(300_000) }).catch(explainFetch);
  if (!archive.ok) throw new Error(`${new URL(archiveUrl).host} answered ${archive.status}`);
  const dir = await mkdtemp(path.join(path.dirname(target), "download-"));
  try {
    const file = path.join(dir, "temporal.tar.gz");
    const bytes = Buffer.from(await archive.arrayBuffer());
    requireSum(bytes, expected);
    await writeFile(file, bytes);
    await run("tar", ["-xzf", file, "-C", dir, "--", fileToExtract]);
    await install(path.join(dir, fileToExtract), target);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Nothing of an archive is unpacked or run before this. */
export function requireSum(bytes: Uint8Array, expected: string): void {
  const sum = createHash("sha256").update(bytes).digest("hex");
  if (sum !== expected)
    throw new Error(`the archive is not the one that was released: its SHA-256 is ${sum}, expected ${expected}`);
}

/** Builds it with Go, in folders of its own that are deleted afterwards: 3 GB of modules and objects for one binary. */
async function goInstall(target: string, { print }: BinaryOptions): Promise<void> {
  await run("go", ["version"]).catch(() => {
    throw new Error("Go is not installed");
  });
  print?.(`Building Temporal ${CLI_VERSION} with Go: about 3 minutes, once …`);
  const dir = await mkdtemp(path.join(tmpdir(), "homeport-go-"));
  const started = Date.now();
  const progress = setInterval(
    () => print?.(`  … still building Temporal (${Math.round((Date.now() - started) / 1_000)} s)`),
    30_000,
  );
  // What it depends on is compared with the checksum database, whatever this machine has switched off.
  const env = {
    ...process.env,
    GOSUMDB: "sum.golang.org",
    GONOSUMDB: "",
    GOPRIVATE: "",
    GOINSECURE: "",
    CGO_ENABLED: "0",
    GOBIN: path.join(dir, "bin"),
    GOPATH: path.join(dir, "path"),
    GOCACHE: path.join(dir, "cache"),
    GOFLAGS: "-modcacherw",
  };
  try {
    const { stdout } = await run("go", ["mod", "download", "-json", `github.com/temporalio/cli@v${CLI_VERSION}`], {
      env,
      timeout: 120_000,
    });
    const { Sum } = JSON.parse(stdout) as { Sum?: string }; // go.dev/ref/mod, "go mod download"
    if (Sum !== MODULE_SUM)
      throw new Error(`its sources are not those that were released: their checksum is ${Sum}, expected ${MODULE_SUM}`);
    await new Promise<void>((resolve, reject) => {
      const child = spawn(
        "go",
        ["install", "-trimpath", "-ldflags=-s -w", `github.com/temporalio/cli/cmd/temporal@v${CLI_VERSION}`],
        { env, stdio: ["ignore", "ignore", "pipe"] },
      );
      let errors = "";
      child.stderr.on("data", (bytes: Buffer) => {
        errors = (errors + String(bytes)).slice(-2_000);
      });
      child.once("error", reject);
      child.once("close", (code) => {
        if (code === 0) resolve();
        else reject(new Error(errors.trim().split("\n").at(-1) ?? `exit code ${code}`));
      });
    });
    await install(path.join(dir, "bin", "temporal"), target);
  } finally {
    clearInterval(progress);
    await rm(dir, { recursive: true, force: true });
  }
}

/** Into the cache only when it runs and is what was asked for; whole or not at all. */
async function install(file: string, target: string): Promise<void> {
  await chmod(file, 0o755);
  const { serverVersion } = await inspect(file, "");
  if (serverVersion !== SERVER_VERSION) throw new Error(`expected server ${SERVER_VERSION}, got ${serverVersion}`);
  const aside = `${target}.${process.pid}.new`;
  await rename(file, aside).catch(() => run("cp", [file, aside])); // /tmp may be another file system
  await rename(aside, target);
}

function explainFetch(error: unknown): never {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  throw new Error(`not reachable (${cause instanceof Error ? cause.message : String(cause)})`, { cause });
}
