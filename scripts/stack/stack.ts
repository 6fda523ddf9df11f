// The whole product on one machine, in the order in which its parts need each other; shared by `npm start` and the tests.
import { mkdirSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startPostgres } from "../../prisma/src/embedded";
import { migrate } from "../../prisma/src/migrate";
import { buildWorker, installWorker, workerCommand } from "../../temporal/src/build-worker";
import type { Running } from "./child";
import { buildDashboard, installDashboard } from "./dashboard-build";
import { checkDatabase, redacted } from "./external-database";
import { chooseLab, startLab, type ChosenLab, type LabChoice, type LabNode } from "./lab";
import { startDashboard, startWorker } from "./node-children";
import { rotateLog, type Home } from "./paths";
import { anyPort, choosePorts, type Ports } from "./ports";
import { endProcess, endRecorded, processLedger, writeAtomically } from "./processes";
import type { Screen } from "./screen";
import { checkSealingKeys, ensureDemo, newDemoLink, prepareSealingKeys, type DemoSignIn } from "./secrets";
import { seed } from "./seed";
import { supervise, type Supervised } from "./supervise";
import { prepareNamespace } from "./temporal-namespace";
import { chooseUiAddress, prepareTemporal, startTemporal, UI_PATH } from "./temporal-server";

export interface StackOptions {
  home: Home;
  screen: Screen;
  lab: LabChoice;
  labVersion?: string;
  /** Ports that must be taken as asked. */
  ports?: Partial<Ports>;
  /** Any free port for everything: for tests. */
  anyPorts?: boolean;
  /** Where people reach the dashboard, when that is not where it listens: an origin (HOMEPORT_URL). */
  publicUrl?: string | undefined;
  /** Addresses of reverse proxies whose X-Forwarded-For is believed, comma-separated (HOMEPORT_TRUSTED_PROXIES). */
  trustedProxies?: string | undefined;
  /** External servers: used instead of our own. */
  databaseUrl?: string | undefined;
  temporalAddress?: string | undefined;
  /** False leaves a part out: for tests that do without, or bring their own. */
  worker?: boolean;
  dashboard?: boolean;
}

export interface StackInfo {
  /** Where the dashboard listens. */
  url: string;
  /** Where people reach it: HOMEPORT_URL, or `url`. */
  publicUrl: string;
  /** Signs the demo person in, once. */
  demoLink: string;
  databaseUrl: string;
  temporalAddress: string;
  temporalUiUrl: string | undefined;
  lab: ChosenLab & { node?: LabNode };
  demo: DemoSignIn | undefined;
}

export interface Stack {
  ready: Promise<StackInfo>;
  /** Stops, newest first, what was started, even while it starts. */
  stop(): Promise<void>;
}

const WATCHER_WAITS_MS = 8_000;

/** Who needs others ends before them; parts that start side by side are in `parts` as they happened to begin. */
const NEEDED_FIRST = ["postgres", "temporal", "lab", "worker", "watcher", "dashboard"];
const inOrderOfStopping = (parts: readonly Supervised[]): Supervised[] =>
  [...parts].sort((one, other) => NEEDED_FIRST.indexOf(other.name) - NEEDED_FIRST.indexOf(one.name));

/** Starts everything, supervised. The pid of each part is in `<home>/pids.json` under its name. */
export function startStack(options: StackOptions): Stack {
  const stopped = new AbortController();
  const parts: Supervised[] = [];
  const ready = start(options, parts, stopped.signal);
  ready.catch(() => undefined); // a caller who stops it does not wait for it
  const stop = async (): Promise<void> => {
    stopped.abort(new Error("stopped"));
    for (const part of inOrderOfStopping(parts)) {
      await part.stop();
      processLedger(options.home.pids).forget(part.name);
    }
    await endRecorded(processLedger(options.home.pids)); // a build that was under way
    await ready.catch(() => undefined);
  };
  return { ready, stop };
}

async function start(options: StackOptions, parts: Supervised[], signal: AbortSignal): Promise<StackInfo> {
  const { home, screen, databaseUrl, temporalAddress } = options;
  const ledger = processLedger(home.pids);
  mkdirSync(home.dir, { recursive: true, mode: 0o700 });
  const leftovers = await endRecorded(ledger);
  if (leftovers.length > 0) screen.print(`The last launcher was killed: ended what it left (${leftovers.join(", ")}).`);
  if (databaseUrl === undefined) prepareSealingKeys(home);
  const demo = ensureDemo(home);
  const chosen = await chooseLab(options.lab, screen.print);
  const ports = await choosePorts({
    file: home.ports,
    wanted: options.ports ?? {},
    any: options.anyPorts ?? false,
    print: screen.print,
  });

  /** Starts one part under supervision; `begin` is called again whenever it dies. */
  const run = async (
    name: string,
    title: string,
    begin: (log: string, onSpawn: (pid: number) => void) => Promise<Running>,
  ): Promise<Running> => {
    signal.throwIfAborted();
    const log = home.log(name);
    mkdirSync(path.dirname(log), { recursive: true, mode: 0o700 });
    rotateLog(log);
    const part = supervise({
      name,
      print: screen.print,
      start: () =>
        begin(log, (pid) => {
          ledger.record(name, pid);
        }),
      interrupt: async () => {
        const record = ledger.all().find(([other]) => other === name)?.[1];
        if (record) await endProcess(record, { signal: name === "postgres" ? "SIGINT" : "SIGTERM" });
      },
    });
    parts.push(part);
    return screen.during(title, part.ready);
  };

  const url = `http://127.0.0.1:${ports.dashboard}`;
  const publicUrl = options.publicUrl ?? url;
  const address = temporalAddress ?? `127.0.0.1:${ports.temporal}`;
  const namespace = process.env.TEMPORAL_NAMESPACE ?? "default";
  const [ui, httpPort] = [await chooseUiAddress(), await anyPort()];
  const temporalUiUrl =
    process.env.TEMPORAL_UI_URL ?? (temporalAddress === undefined ? `${publicUrl}${UI_PATH}` : undefined);
  // For the worker and the dashboard; the others get what they need.
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    ...(temporalAddress === undefined ? { TEMPORAL_UI_UPSTREAM: `http://${ui.host}:${ui.port}` } : {}),
    HOMEPORT_KEY_FILE: home.sealingKeys,
    HOMEPORT_AUDIT_HEAD_FILE: home.auditHead,
    HOMEPORT_HOME: home.dir,
    HOMEPORT_URL: publicUrl,
    HOMEPORT_TRUSTED_PROXIES: options.trustedProxies ?? "",
    HOMEPORT_DEMO_FILE: home.demo,
    HOMEPORT_DEMO_TOKEN_FILE: home.demoToken,
    // A node must not be one of our own servers; the lab is on loopback, where no other node may be.
    HOMEPORT_OWN_PORTS: [ports.dashboard, ports.postgres, ports.temporal, ui.port, httpPort].join(","),
    ...(chosen.backend === "none" ? {} : { HOMEPORT_ALLOW_LOOPBACK_NODES: "1" }),
  };

  const build =
    options.dashboard === false
      ? Promise.resolve()
      : buildDashboard({
          log: home.log("build"),
          env,
          print: screen.print,
          signal,
          onSpawn: (pid) => {
            ledger.record("build", pid);
          },
        });
  build.catch(() => undefined); // awaited below, where the dashboard needs it
  const workerBuild = options.worker === false ? undefined : buildWorker();
  workerBuild?.catch(() => undefined); // as well

  // Each part begins as soon as what it needs is there: with two cores the start takes as long as the longest chain, not their sum.
  const database = prepareDatabase();
  const temporal = prepareTemporalServer();
  const lab = prepareLab();
  const engine = Promise.all([database, temporal]);
  const pages = startPages();
  pages.catch(() => undefined); // awaited below
  const [node] = await Promise.all([lab, startWorkers(), pages, seedAll()]);

  async function prepareDatabase(): Promise<string> {
    const at = databaseUrl ?? (await startDatabase(run, home, ports));
    env.DATABASE_URL = at;
    if (databaseUrl !== undefined)
      await screen.during(`PostgreSQL at ${redacted(databaseUrl)}`, checkDatabase(databaseUrl));
    const applied = await migrate(at);
    if (applied.length > 0)
      screen.print(`Applied ${applied.length} ${applied.length === 1 ? "migration" : "migrations"}.`);
    await checkSealingKeys(home, at);
    return at;
  }

  async function prepareTemporalServer(): Promise<void> {
    if (temporalAddress === undefined) {
      const binary = await prepareTemporal(home.temporal, screen.print);
      await run("temporal", `Temporal ${binary.serverVersion} on ${address}, from ${binary.from}`, (log, onSpawn) =>
        startTemporal(binary, { dir: home.temporal, log }, { ports, ui, httpPort, onSpawn }),
      );
    }
    await prepareNamespace({ address, namespace, ours: temporalAddress === undefined });
  }

  async function prepareLab(): Promise<LabNode | undefined> {
    if (chosen.backend === "none") return undefined;
    const { backend } = chosen;
    let seen: LabNode | undefined;
    if (backend === "lxc") writeAtomically(home.realGuests, { backend });
    await run("lab", `Lab (${backend})`, (log, onSpawn) =>
      startLab({
        backend,
        version: options.labVersion ?? "9.2",
        stateDir: home.lab,
        log,
        ports,
        onSpawn,
        onReady: (ready) => {
          seen = ready;
        },
      }),
    );
    return seen;
  }

  async function startWorkers(): Promise<void> {
    if (workerBuild === undefined) return;
    await engine;
    const { argv, env: ofBuild } = workerCommand(installWorker(await workerBuild, home.worker));
    const begin = (name: string, title: string, part: string): Promise<Running> =>
      run(name, title, (log, onSpawn) =>
        startWorker(
          { name, argv, log, env: { ...env, ...ofBuild, HOMEPORT_WORKER_PART: part }, onSpawn },
          screen.print,
        ),
      );
    // The watcher in a process of its own: what a node answers, however much it is, keeps no run waiting. It begins behind the first page,
    // which two cores would show later otherwise; while the dashboard is being built, after some seconds.
    const watcher = Promise.race([pages.catch(() => undefined), sleep(WATCHER_WAITS_MS, undefined, { signal })]);
    await Promise.all([
      begin("worker", "Worker", "runs"),
      watcher.then(() => begin("watcher", "Node watcher", "nodes")),
    ]);
  }

  async function seedAll(): Promise<void> {
    const [[at], known] = await Promise.all([engine, lab]);
    await seed({
      databaseUrl: at,
      sealingKeys: home.sealingKeys,
      temporal: { address, namespace },
      demo,
      node: known,
    });
  }

  async function startPages(): Promise<void> {
    if (options.dashboard === false) return;
    await database;
    await screen.during("Dashboard built", build);
    await installDashboard(home.dashboard);
    await run("dashboard", `Dashboard on ${url}`, (log, onSpawn) =>
      startDashboard({ log, env, onSpawn, dir: home.dashboard, port: ports.dashboard }),
    );
  }

  const demoLink = newDemoLink(home, publicUrl);
  return {
    url,
    publicUrl,
    demoLink,
    databaseUrl: await database,
    temporalAddress: address,
    temporalUiUrl,
    lab: { ...chosen, ...(node ? { node } : {}) },
    demo,
  };
}

type Run = (
  name: string,
  title: string,
  begin: (log: string, onSpawn: (pid: number) => void) => Promise<Running>,
) => Promise<Running>;

async function startDatabase(run: Run, home: Home, ports: Ports): Promise<string> {
  let url = "";
  await run("postgres", `PostgreSQL on 127.0.0.1:${ports.postgres}`, async (log, onSpawn) => {
    const postgres = await startPostgres({ dir: home.postgres, port: ports.postgres, log, onSpawn });
    if (postgres.port !== ports.postgres) {
      await postgres.stop();
      throw new Error(`port ${ports.postgres} is taken`); // the others know this port: another would be no help
    }
    url = postgres.url("homeport");
    return postgres;
  });
  return url;
}
