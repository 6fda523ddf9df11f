// A template's script, played in advance: what it prints, changes and registers, and how long after the last event.

import { randomBytes } from "node:crypto";
import { newContext, runShell, ShellExit, type Io, type ShellContext } from "../shell/run";
import { coreutil } from "../shell/coreutils";
import type { MemoryFs } from "../shell/memory-fs";
import { packageFiles } from "./package-files";
import { wireguardKey } from "./wireguard-key";

export interface PlanEvent {
  afterMs: number;
  output?: string;
  files?: { path: string; text: string; mode: number }[];
  packages?: string[];
  removed?: string[];
  /** A port that listens from now on. */
  listen?: { port: number; process: string; web: boolean };
  /** Prints the time at which its turn comes, in milliseconds since the epoch. */
  time?: true;
  /** The guest restarts here; the unit is interrupted. */
  reboot?: true;
  exit?: number;
}

const servicesDir = "/var/lib/homeport/services";
const secretsDir = "/var/lib/homeport/secrets";
export const HIDDEN = "/var/lib/homeport/hidden";
/** How long things take before the lab's scale: a script of a template stays between one and three seconds. */
const ms = { line: 15, package: 220, update: 350, log: 60 };

/** Never runs anything: helpers of the guest protocol are understood, every other command is taken as done. */
export async function planScript(
  script: string,
  given: { fs: MemoryFs; env: Record<string, string>; packages: readonly string[] },
): Promise<PlanEvent[]> {
  const events: PlanEvent[] = [];
  const packages = new Set(given.packages);
  let waited = 0;
  const add = (event: Omit<PlanEvent, "afterMs">) => {
    events.push({ afterMs: waited, ...event });
    waited = 0;
  };
  const print = (text: string) => add({ output: text });
  const fs = recording(given.fs.copy(), (path, text, mode) => add({ files: [{ path, text, mode }] }));
  // Output is kept as bytes in a string, as the shell's own output below.
  const helpers = createHelpers({
    fs,
    packages,
    add,
    print: (text) => print(Buffer.from(text).toString("latin1")),
    wait: (more) => (waited += more),
  });
  const io: Io = {
    stdin: () => Promise.resolve(Buffer.alloc(0)),
    stdout: (bytes) => print(bytes.toString("latin1")),
    stderr: (bytes) => print(bytes.toString("latin1")),
  };
  const context: ShellContext = newContext({
    fs,
    variables: new Map(Object.entries({ HOME: "/root", PATH: "/usr/bin:/bin", ...given.env })),
    loops: false,
    async command(argv, inner, at) {
      waited += ms.line;
      const [name = "", ...args] = argv;
      const helper = helpers[name];
      if (helper !== undefined) return (await helper(args, inner)) ?? 0;
      if (quiet.has(name)) return 0;
      return (await coreutil(name)?.(args, inner, at)) ?? 0;
    },
  });
  const exit = await runShell(directives(script), context, io);
  add({ exit });
  return events;
}

/** Coreutils whose failure in a simulated world would say nothing about the script. */
const quiet = new Set(["rm", "cp", "chmod", "chown", "install", "ls", "stat", "head", "wc", "sleep", "."]);

/** `# lab: exit 3` lines become commands. */
function directives(script: string): string {
  return script.replace(/^[ \t]*#[ \t]*lab:[ \t]*(.*)$/gm, "__lab $1");
}

type Helper = (args: readonly string[], io: Io) => number | void | Promise<number | void>;

interface World {
  fs: MemoryFs;
  packages: Set<string>;
  add: (event: Omit<PlanEvent, "afterMs">) => void;
  print: (text: string) => void;
  wait: (ms: number) => void;
}

function createHelpers(world: World): Record<string, Helper> {
  const { fs, add, print, wait } = world;
  const printSlowly = (text: string) => {
    wait(ms.log);
    print(`${text}\n`);
  };
  return {
    log: (args) => printSlowly(args.join(" ")),
    warn: (args) => printSlowly(`WARN: ${args.join(" ")}`),
    fail(args) {
      print(`ERROR: ${args.join(" ")}\n`);
      throw new ShellExit(1);
    },
    service([name = "", kind = "", port = "-", path]) {
      const known = readService(fs, name);
      const entry = {
        ...known,
        name,
        kind,
        ...(port === "-" ? {} : { port: Number(port) }),
        ...(path === undefined ? {} : { path }),
      };
      writeService(fs, name, entry);
      if (port !== "-") add({ listen: { port: Number(port), process: name, web: kind === "http" } });
      printSlowly(`Service ${name} (${kind}) registered.`);
    },
    credential([name = "", key = "", value = ""]) {
      const known = readService(fs, name);
      const credentials = { ...known.credentials, [key]: value === "" ? secret(24) : value };
      hide(fs, value);
      writeService(fs, name, { name, kind: "unknown", ...known, credentials });
    },
    random_secret([length = "32"], io) {
      const made = secret(Number(length));
      hide(fs, made);
      io.stdout(Buffer.from(`${made}\n`));
    },
    saved_secret([name = "", length = "32"], io) {
      const path = `${secretsDir}/${name}`;
      if (fs.read(path) === undefined) {
        fs.mkdir(secretsDir, true, 0o700);
        fs.write(path, Buffer.from(`${secret(Number(length))}\n`), { mode: 0o600 });
      }
      const saved = fs.read(path) ?? Buffer.alloc(0);
      hide(fs, saved.toString("utf8").trim());
      io.stdout(saved);
    },
    mv(args) {
      const [from = "", to = ""] = args.filter((arg) => !arg.startsWith("-"));
      const file = fs.file(from);
      if (file === undefined || fs.isDirectory(to)) return;
      fs.write(to, file.content, { mode: file.mode });
      fs.remove(from);
      add({ removed: [from] });
    },
    wg: (args, io) => wireguardKey(args[0] ?? "", io),
    ensure_packages: (args) => installPackages(world, args, printSlowly),
    wait_for_port: () => wait(ms.log),
    sleep: ([seconds = "0"]) => wait(duration(seconds)),
    command: ([, name = ""], io) => io.stdout(Buffer.from(`/usr/bin/${name}\n`)),
    __lab: ([verb = "", value = ""]) => {
      if (verb === "sleep") wait(duration(value));
      if (verb === "output") add({ output: noise(value) });
      if (verb === "time") add({ time: true });
      if (verb === "bytes") add({ output: Buffer.from(value, "base64").toString("latin1") });
      if (verb === "reboot") add({ reboot: true });
      if (verb === "exit" || verb === "reboot") throw new ShellExit(Number(value) || 0);
    },
  };
}

function installPackages(
  { fs, packages, add, wait }: World,
  names: readonly string[],
  print: (text: string) => void,
): void {
  const missing = names.filter((name) => !packages.has(name));
  if (missing.length === 0) return print(`Packages already installed: ${names.join(" ")}`);
  wait(ms.update);
  print("Hit:1 http://deb.debian.org/debian bookworm InRelease\nReading package lists...");
  print(`Installing: ${missing.join(" ")}`);
  for (const name of missing) {
    packages.add(name);
    wait(ms.package);
    add({
      output: `Selecting previously unselected package ${name}.\nUnpacking ${name} ...\nSetting up ${name} ...\n`,
      packages: [name],
    });
    // As dpkg does with a configuration file that is there already: it stays.
    for (const { path, text, mode } of packageFiles(name))
      if (fs.read(path) === undefined) fs.write(path, Buffer.from(text), { mode });
  }
}

interface ServiceEntry {
  name?: string;
  kind?: string;
  port?: number;
  path?: string;
  credentials?: Record<string, string>;
}

function readService(fs: MemoryFs, name: string): ServiceEntry {
  const text = fs.read(`${servicesDir}/${name}.json`);
  return text === undefined ? {} : (JSON.parse(text.toString("utf8")) as ServiceEntry); // written by writeService
}

function writeService(fs: MemoryFs, name: string, entry: ServiceEntry): void {
  fs.mkdir(servicesDir, true, 0o700);
  fs.write(`${servicesDir}/${name}.json`, Buffer.from(`${JSON.stringify(entry)}\n`), { mode: 0o600 });
}

/** As the helpers do it: what must be masked in the output, a line each. */
function hide(fs: MemoryFs, value: string): void {
  const before = fs.read(HIDDEN) ?? Buffer.alloc(0);
  fs.write(HIDDEN, Buffer.concat([before, Buffer.from(`${value}\n`)]), { mode: 0o600 });
}

/** Reports every write, so that the same can be done when the event's time has come. */
function recording(fs: MemoryFs, report: (path: string, text: string, mode: number) => void): MemoryFs {
  return {
    ...fs,
    write(path, content, attributes) {
      if (!fs.write(path, content, attributes)) fs.mkdir(path.slice(0, Math.max(1, path.lastIndexOf("/"))), true);
      const done = fs.write(path, content, attributes);
      if (done && content.length > 0) report(path, content.toString("latin1"), fs.file(path)?.mode ?? 0o644);
      return done;
    },
  };
}

const alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

function secret(length: number): string {
  return [...randomBytes(Math.min(length, 256))].map((byte) => alphabet[byte % alphabet.length]).join("");
}

function duration(text: string): number {
  const [, amount = "0", unit = "s"] = /^([\d.]+)(ms|s|m)?$/.exec(text) ?? [];
  return Number(amount) * { ms: 1, s: 1000, m: 60_000 }[unit as "ms" | "s" | "m"]; // the regex allows no other
}

function noise(size: string): string {
  const [, amount = "0", unit = ""] = /^(\d+)(KB|MB)?$/.exec(size) ?? [];
  const bytes = Number(amount) * { "": 1, KB: 1024, MB: 1024 ** 2 }[unit as "" | "KB" | "MB"]; // the regex allows no other
  const line = (n: number) =>
    `output line ${String(n).padStart(8, "0")} of a script that the lab was asked to make noisy\n`;
  return Array.from({ length: Math.ceil(bytes / line(0).length) }, (_, n) => line(n))
    .join("")
    .slice(0, bytes);
}
