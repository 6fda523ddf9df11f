// Ports on loopback: the usual ones, stepped around when busy, and kept for the next start.
import { randomInt } from "node:crypto";
import { createServer } from "node:net";
import { readJson, writeAtomically } from "./processes";

/** What people type and firewalls know; PostgreSQL's is not its usual one, which a machine often has in use already. */
const usual = {
  dashboard: 3000,
  temporal: 7233,
  temporalMetrics: 9233,
  lab: 8006,
  labSsh: 2222,
  postgres: 54_320,
} as const;

type PortName = keyof typeof usual;
export type Ports = Record<PortName, number>;

export interface PortOptions {
  /** Remembers the choice, so that bookmarks stay true. */
  file: string;
  /** Ports that the person asked for: busy ones are an error. */
  wanted?: Partial<Ports>;
  /** True takes any free port: for tests, which must not disturb anybody. */
  any?: boolean;
  print: (line: string) => void;
}

/** Chooses a free port for everything. */
export async function choosePorts({ file, wanted = {}, any = false, print }: PortOptions): Promise<Ports> {
  const remembered = readJson<Partial<Ports>>(file) ?? {};
  const chosen: Partial<Ports> = {};
  for (const name of Object.keys(usual) as PortName[]) {
    // Object.keys forgets what it was given
    const taken = Object.values(chosen);
    const asked = wanted[name];
    if (asked !== undefined && !(await isFree(asked)))
      throw new Error(`Port ${asked} (asked for the ${name}) is busy.`);
    const first = asked ?? remembered[name] ?? (any ? undefined : usual[name]);
    const port = first === undefined ? await anyPortBut(taken) : await nextFree(first, taken);
    if (first !== undefined && port !== first) print(`Port ${first} is busy: ${label[name]} uses ${port}.`);
    chosen[name] = port;
  }
  const ports = { ...usual, ...chosen };
  writeAtomically(file, ports);
  return ports;
}

const label: Record<PortName, string> = {
  dashboard: "the dashboard",
  temporal: "Temporal",
  temporalMetrics: "Temporal's metrics",
  lab: "the lab",
  labSsh: "the lab's SSH",
  postgres: "PostgreSQL",
};

async function nextFree(first: number, taken: readonly number[]): Promise<number> {
  for (let port = first; port < Math.min(first + 50, 65_536); port += 1) {
    if (!taken.includes(port) && (await isFree(port))) return port;
  }
  return anyPortBut(taken);
}

/** Chance may offer the same free port twice. */
async function anyPortBut(taken: readonly number[]): Promise<number> {
  const port = await anyPort();
  return taken.includes(port) ? anyPortBut(taken) : port;
}

/** True when nothing listens there; a listener on all interfaces counts as well. */
async function isFree(port: number): Promise<boolean> {
  return (await listenOn(port)) !== undefined;
}

/**
 * A port that is free, and that no program gets by chance until it is used: from below those that the system gives to
 * outgoing connections and to whoever asks for any (32768 and up on Linux: ip(7), ip_local_port_range; 49152 elsewhere).
 */
export async function anyPort(): Promise<number> {
  for (let tries = 0; tries < 50; tries += 1) {
    const port = randomInt(15_000, 32_768);
    if (await isFree(port)) return port;
  }
  throw new Error("No port is free on 127.0.0.1.");
}

function listenOn(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer().once("error", () => {
      resolve(undefined);
    });
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        resolve(address !== null && typeof address === "object" ? address.port : undefined);
      });
    });
  });
}
