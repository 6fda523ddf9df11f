// Builds the dashboard when its sources changed, and gives each installation a copy to run from.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cp, mkdir, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { runToEnd } from "./child";
import { releaseFile, takeFile } from "./held-file";
import { ROOT } from "./paths";

export const DASHBOARD_DIR = path.join(ROOT, "apps/dashboard");
/** Everything that `next build` compiles, and what decides about versions. */
const SOURCES = [
  "apps/dashboard",
  "packages/ui",
  "packages/api",
  "packages/auth",
  "packages/domain",
  "packages/records",
  "prisma/schema",
  "prisma/src",
  "temporal/src",
  "pnpm-lock.yaml",
];
const STAMP = path.join(DASHBOARD_DIR, ".next", "homeport-sources");
const CACHE = path.join(DASHBOARD_DIR, ".next", "cache");
const LOCK = path.join(DASHBOARD_DIR, "node_modules", ".homeport-build.json");

export interface BuildOptions {
  log: string;
  env: NodeJS.ProcessEnv;
  print: (line: string) => void;
  onSpawn?: (pid: number) => void;
  /** Aborted when nobody wants the build any more: one that is ended then is not begun again. */
  signal?: AbortSignal;
}

export function nextCli(): string {
  return createRequire(path.join(DASHBOARD_DIR, "package.json")).resolve("next/dist/bin/next");
}

/** Leaves a build of the current sources in `.next`; one build at a time. */
export async function buildDashboard(options: BuildOptions): Promise<void> {
  const { print, signal } = options;
  // Nothing is written where nothing is to be built: the checkout may be somebody else's.
  if (!existsSync(LOCK) && isBuilt(hashSources())) return;
  // Held before it is known whether there is anything to build: of two that begin at once the second looks at what the first one made.
  await holdBuild(print, signal);
  try {
    const sources = hashSources();
    if (isBuilt(sources)) return;
    print("Building the dashboard: half a minute, and again only when its sources change …");
    await build(options);
    writeFileSync(STAMP, sources);
  } finally {
    releaseFile(LOCK);
  }
}

const isBuilt = (sources: string): boolean => existsSync(STAMP) && readFileSync(STAMP, "utf8") === sources;

async function build({ log, env, onSpawn, signal }: BuildOptions): Promise<void> {
  const once = (): Promise<unknown> =>
    runToEnd({
      name: "next build",
      argv: [process.execPath, nextCli(), "build"],
      cwd: DASHBOARD_DIR,
      env: { ...env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
      log,
      ...(onSpawn ? { onSpawn } : {}),
    });
  await once().catch(async (failure: unknown) => {
    if (signal?.aborted || !existsSync(CACHE)) throw failure;
    // Turbopack keeps even what it could not resolve: after an install that mends it the answer would stay the same.
    rmSync(CACHE, { recursive: true, force: true });
    await once();
  });
}

/** Puts the build into `dir` for `next start <dir>`: a later build, by a test run say, must not change what a running server serves. */
export async function installDashboard(dir: string): Promise<void> {
  const stamp = path.join(dir, ".next", path.basename(STAMP));
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === readFileSync(STAMP, "utf8")) return;
  await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const build = path.join(DASHBOARD_DIR, ".next");
  // The stamp is copied last, so that a copy that was interrupted is made again.
  const skipped = [CACHE, path.join(build, "dev"), STAMP];
  await cp(build, path.join(dir, ".next"), { recursive: true, filter: (file) => !skipped.includes(file) });
  const shared = readdirSync(DASHBOARD_DIR).filter((name) =>
    /^(node_modules|public|package\.json|next\.config\..*)$/.test(name),
  );
  for (const name of shared) await symlink(path.join(DASHBOARD_DIR, name), path.join(dir, name));
  await cp(STAMP, stamp);
}

async function holdBuild(print: (line: string) => void, signal?: AbortSignal): Promise<void> {
  for (let waited = false; takeFile(LOCK) !== undefined; waited = true) {
    if (!waited) print("Another process builds the dashboard: waiting for it …");
    await sleep(200, undefined, signal === undefined ? {} : { signal });
  }
}

function hashSources(): string {
  const hash = createHash("sha256");
  for (const source of SOURCES) {
    for (const file of filesUnder(path.join(ROOT, source)))
      hash.update(`${path.relative(ROOT, file)}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

function filesUnder(at: string): string[] {
  if (!existsSync(at)) return [];
  if (path.extname(at) === ".yaml") return [at];
  const skipped = /^(node_modules|generated|\..*|.*\.test\.tsx?|next-env\.d\.ts|.*\.tsbuildinfo)$/;
  return readdirSync(at, { withFileTypes: true })
    .filter(({ name }) => !skipped.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(path.join(at, entry.name)) : [path.join(at, entry.name)]));
}
