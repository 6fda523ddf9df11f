// The lab: which backend can run here and why, and its process.
import { existsSync } from "node:fs";
import path from "node:path";
import { lxcAvailable, missingPackages } from "../../packages/lab/src/lxc/available";
import { findEvent, runToEnd, startChild, type Running } from "./child";
import { installPackages } from "./apt";
import { ROOT } from "./paths";
import type { Ports } from "./ports";

type LabBackend = "lxc" | "memory";
export type LabChoice = LabBackend | "none" | "auto";

export interface LabNode {
  host: string;
  port: number;
  sshPort: number;
  fingerprint: string;
  hostKey: string;
  tokenId: string;
  tokenSecretFile: string;
  sshUser: string;
  sshPasswordFile: string;
  backend: LabBackend;
  version: string;
}

export interface ChosenLab {
  backend: LabBackend | "none";
  /** For the screen: why this one, and how to get real containers when it has none. */
  why: string;
}

const MAIN = path.join(ROOT, "packages/lab/src/main.ts");
const HOW = "For real containers, as root on Debian or Ubuntu: npm start -- --lab=lxc";

/** Real containers where they can run; a lab that was asked for by name is made possible or refused, never replaced. */
export async function chooseLab(choice: LabChoice, print: (line: string) => void): Promise<ChosenLab> {
  if (choice === "none") return { backend: "none", why: "--lab=none" };
  if (choice === "memory") return { backend: "memory", why: `asked for; its containers are simulated. ${HOW}` };
  if (choice === "lxc") {
    if (process.getuid?.() !== 0) throw new Error("--lab=lxc runs real containers and needs root.");
    await installPackages(missingPackages(), print);
    const reason = await whyNoLxc();
    if (reason !== undefined)
      throw new Error(`Real containers cannot run here: ${reason}. Without them: npm start -- --lab=memory`);
    return { backend: "lxc", why: "asked for; its containers are real" };
  }
  const reason = await whyNoLxc();
  if (reason === undefined) return { backend: "lxc", why: "real containers can run here" };
  return { backend: "memory", why: `simulated containers, because ${reason}. ${HOW}` };
}

/** Why the lxc backend cannot run on this machine, asked of the lab itself. */
export async function whyNoLxc(): Promise<string | undefined> {
  const answer = await lxcAvailable();
  return answer.ok ? undefined : answer.reason;
}

export interface LabOptions {
  backend: LabBackend;
  version: string;
  stateDir: string;
  log: string;
  ports: Ports;
  onReady: (node: LabNode) => void;
  onSpawn?: (pid: number) => void;
}

export async function startLab({
  backend,
  version,
  stateDir,
  log,
  ports,
  onReady,
  onSpawn,
}: LabOptions): Promise<Running> {
  return startChild({
    name: "lab",
    argv: [
      ...tsx(MAIN),
      `--backend=${backend}`,
      `--state=${stateDir}`,
      `--port=${ports.lab}`,
      `--ssh-port=${ports.labSsh}`,
      `--version=${version}`,
    ],
    cwd: ROOT,
    log,
    // The lxc backend unpacks a Debian the first time.
    readyDeadlineMs: backend === "lxc" ? 900_000 : 60_000,
    ready: (output) => {
      const event = findEvent(output, "ready");
      if (event) onReady(event as unknown as LabNode); // what the lab prints: packages/lab/src/main.ts
      return event !== undefined;
    },
    ...(onSpawn ? { onSpawn } : {}),
  });
}

/** Removes the guests of a lab, of the real kind too, before its state is deleted. */
export async function destroyLab(stateDir: string, log: string): Promise<void> {
  if (!existsSync(stateDir)) return;
  await runToEnd({ name: "lab --destroy", argv: [...tsx(MAIN), "--destroy", `--state=${stateDir}`], cwd: ROOT, log });
}

/** Runs a TypeScript file with Node. */
function tsx(file: string): string[] {
  return [process.execPath, "--import", import.meta.resolve("tsx"), file];
}
