// The worker as two files of JavaScript, so that a start compiles nothing: what one process runs, and the workflows as Temporal's sandbox
// loads them. Each is named after what it was made of, so that neither is ever of other sources than those that are here now.
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";
import { workflowInterceptors, workflowsPath } from "./workflow-files";

const root = fileURLToPath(new URL("../..", import.meta.url));
const CACHE = path.join(root, "node_modules/.cache/homeport-worker");
/** Of files that no test run or installation can still be about to read: an installation has copies of its own. */
const KEPT_MS = 7 * 24 * 60 * 60_000;

interface WorkerBuild {
  /** `node --enable-source-maps <main>`, with HOMEPORT_WORKFLOW_BUNDLE=<workflows>. */
  main: string;
  workflows: string;
}

export interface WorkerSources {
  main: string;
  workflows: string;
  /** Modules of interceptors, which run beside the workflows. */
  interceptors: readonly string[];
}

const workerSources: WorkerSources = {
  main: fileURLToPath(new URL("./main.ts", import.meta.url)),
  workflows: workflowsPath,
  interceptors: workflowInterceptors,
};

/**
 * Joining our own files takes a fraction of a second and is done each time: their text is the name that the cache knows them by. What
 * takes seconds, Temporal's bundle, is made when it has no file of that name. Several processes may build at once.
 */
export async function buildWorker(sources: WorkerSources = workerSources, cache = CACHE): Promise<WorkerBuild> {
  const joined = await joinSources([sources.main, sources.workflows, ...sources.interceptors]);
  const [main = "", ...rest] = joined;
  // Packages are not joined: the lockfile names their versions.
  const versions = readFileSync(path.join(root, "pnpm-lock.yaml"), "utf8");
  return {
    main: await kept(cache, nameOf("main", [main], "mjs"), () => main),
    workflows: await kept(cache, nameOf("workflows", [versions, ...rest], "js"), async () => {
      const { bundleWorkflowCode, DefaultLogger } = await import("@temporalio/worker"); // webpack: half a second to read
      const { code } = await bundleWorkflowCode({
        workflowsPath: sources.workflows,
        workflowInterceptorModules: [...sources.interceptors],
        logger: new DefaultLogger("ERROR"),
      });
      return code;
    }),
  };
}

/** Puts a build into `dir`: an installation runs, and starts again, what it was started with, whatever is built or pruned meanwhile. */
export function installWorker(build: WorkerBuild, dir: string): WorkerBuild {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const files = Object.values(build).map((file: string) => path.basename(file));
  for (const name of readdirSync(dir)) if (!files.includes(name)) rmSync(path.join(dir, name), { force: true });
  const install = (file: string): string => {
    const copy = path.join(dir, path.basename(file));
    if (!existsSync(copy)) {
      cpSync(file, `${copy}.half`);
      renameSync(`${copy}.half`, copy);
    }
    return copy;
  };
  return { main: install(build.main), workflows: install(build.workflows) };
}

/**
 * How a build is started; the environment names the workflows. By default V8 keeps 3 x 16 MiB for young objects in each thread, and the C
 * library an arena for each of the many threads of Temporal's core: a fifth of the memory of a process that idles most of its life.
 */
export function workerCommand({ main, workflows }: WorkerBuild): { argv: string[]; env: Record<string, string> } {
  return {
    argv: [process.execPath, "--max-semi-space-size=2", "--enable-source-maps", main],
    env: { HOMEPORT_WORKFLOW_BUNDLE: workflows, MALLOC_ARENA_MAX: "2" },
  };
}

const nameOf = (stem: string, parts: readonly string[], extension: string): string =>
  `${stem}-${createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 24)}.${extension}`;

/** The file of this name, written whole when it is not there yet. */
async function kept(cache: string, name: string, make: () => string | Promise<string>): Promise<string> {
  const file = path.join(cache, name);
  try {
    utimesSync(file, new Date(), new Date());
    return file;
  } catch {
    // It is not there.
  }
  const text = await make();
  mkdirSync(cache, { recursive: true });
  for (const other of readdirSync(cache).map((each) => path.join(cache, each)))
    if (Date.now() - (statSync(other, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) > KEPT_MS)
      rmSync(other, { force: true });
  const half = `${file}.${process.pid}`;
  writeFileSync(half, text);
  renameSync(half, file);
  return file;
}

/** The text of each entry with all of ours that it imports. */
async function joinSources(entries: readonly string[]): Promise<string[]> {
  const { outputFiles } = await build({
    entryPoints: entries.map((file, position) => ({ in: file, out: String(position) })),
    outdir: CACHE,
    write: false,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    keepNames: true,
    sourcemap: "inline",
    sourcesContent: false,
    absWorkingDir: root,
    logLevel: "silent",
    plugins: [asIfInPlace],
  });
  const byName = new Map(outputFiles.map(({ path: file, text }) => [path.basename(file), text]));
  return entries.map((_, position) => byName.get(`${position}.js`) ?? "");
}

/** What is written elsewhere finds what it found at its own place: packages, and files beside it, which become part of it. */
const asIfInPlace: Plugin = {
  name: "as-if-in-place",
  setup(bundler) {
    bundler.onResolve({ filter: /^[^./]/ }, async ({ path: name, kind, resolveDir, pluginData }) => {
      if (kind === "entry-point" || name.startsWith("node:") || pluginData === asIfInPlace) return undefined;
      const found = await bundler.resolve(name, { kind, resolveDir, pluginData: asIfInPlace });
      if (found.errors.length > 0 || !/[\\/]node_modules[\\/]/.test(found.path)) return found;
      return { path: pathToFileURL(found.path).href, external: true };
    });
    bundler.onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
      const beside = (name: string): string =>
        JSON.stringify(readFileSync(path.join(path.dirname(file), name), "utf8"));
      const contents = readFileSync(file, "utf8")
        .replace(/readFileSync\(new URL\("(\.[^"]+)", import\.meta\.url\), "utf8"\)/g, (_, name: string) =>
          beside(name),
        )
        .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(file).href))
        .replaceAll("import.meta.dirname", JSON.stringify(path.dirname(file)));
      return { contents, loader: "ts" };
    });
  },
};
