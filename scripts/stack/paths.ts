// Where things are: the checkout, and the state of one installation in its home.
import { existsSync, renameSync, statSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { auditHeadFile } from "../../temporal/src/env";

export const ROOT = path.resolve(import.meta.dirname, "../..");
const LOG_LIMIT_BYTES = 10 * 2 ** 20;

export interface Home {
  dir: string;
  postgres: string;
  temporal: string;
  lab: string;
  /** Exists once the lab ran real containers, which outlive its folder. */
  realGuests: string;
  dashboard: string;
  worker: string;
  sealingKeys: string;
  /** Remembers the newest signed head of the audit log. */
  auditHead: string;
  demo: string;
  /** Holds the hash of the one-time token that signs the demo person in, until it is used. */
  demoToken: string;
  ports: string;
  pids: string;
  lock: string;
  log(name: string): string;
}

/** The folder that HOMEPORT_HOME names, `.homeport` in the checkout by default. */
export function homeAt(dir = process.env.HOMEPORT_HOME ?? path.join(ROOT, ".homeport")): Home {
  const inside = (...parts: string[]): string => path.resolve(dir, ...parts);
  const sealingKeys = process.env.HOMEPORT_KEY_FILE ?? inside("keys", "sealing.json");
  return {
    dir: path.resolve(dir),
    postgres: inside("postgres"),
    temporal: inside("temporal"),
    lab: inside("lab"),
    realGuests: inside("lab-lxc.json"),
    dashboard: inside("dashboard"),
    worker: inside("worker"),
    sealingKeys,
    auditHead: auditHeadFile(sealingKeys, process.env.HOMEPORT_AUDIT_HEAD_FILE),
    demo: inside("demo.json"),
    demoToken: inside("demo-token.json"),
    ports: inside("ports.json"),
    pids: inside("pids.json"),
    lock: inside("launcher.json"),
    log: (name) => inside("logs", `${name}.log`),
  };
}

/** Where downloads are kept for all checkouts: the folder that HOMEPORT_CACHE names, `~/.cache/homeport` by default. */
export function cacheAt(): string {
  return process.env.HOMEPORT_CACHE ?? path.join(homedir(), ".cache", "homeport");
}

/** Keeps one older log of each part, so that logs never fill the disk. Before the part starts: it appends. */
export function rotateLog(file: string): void {
  if (existsSync(file) && statSync(file).size > LOG_LIMIT_BYTES) renameSync(file, `${file}.1`);
}
