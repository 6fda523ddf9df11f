// The client of one node: its calls, typed, over connections pinned to its certificate.
import { isIPv6 } from "node:net";
import { clusterCalls } from "./calls/cluster";
import { lxcCalls } from "./calls/lxc";
import { nodeCalls } from "./calls/node";
import { taskCalls } from "./calls/tasks";
import { ProxmoxError } from "./error";
import { pinnedAgent } from "./pinned-agent";
import { createTransport } from "./transport";

export interface ProxmoxTarget {
  host: string;
  port: number;
  /** `user@realm!name` */
  tokenId: string;
  tokenSecret: string;
  /** SHA-256 of the node's certificate, `AA:BB:…` */
  fingerprint: string;
}

export interface ProxmoxOptions {
  /** For a whole call; default 40 s, because pveproxy itself gives a node behind it 30 s. */
  timeoutMs?: number;
  connectTimeoutMs?: number;
}

/** Every call takes trailing `{ signal }` and rejects with `ProxmoxError`, or with the signal's reason when that ended it. */
export type Proxmox = ReturnType<typeof clusterCalls> &
  ReturnType<typeof nodeCalls> &
  ReturnType<typeof lxcCalls> &
  ReturnType<typeof taskCalls> & {
    /** Waits for the calls under way, then ends the idle connections. Further calls are refused. */
    close(): Promise<void>;
  };

/** No I/O before the first call. */
export function connectProxmox(target: ProxmoxTarget, options: ProxmoxOptions = {}): Proxmox {
  const { timeoutMs = 40_000, connectTimeoutMs = 10_000 } = options;
  const dispatcher = pinnedAgent({ fingerprint: target.fingerprint, connectTimeoutMs, timeoutMs, maxBytes: MAX_BYTES });
  const host = isIPv6(target.host) ? `[${target.host}]` : target.host;
  const origin = `https://${host}:${target.port}`;
  const send = createTransport({ dispatcher, origin, authorization: () => authorization(target), timeoutMs });
  return {
    ...clusterCalls(send),
    ...nodeCalls(send),
    ...lxcCalls(send),
    ...taskCalls(send),
    close: () => dispatcher.close(),
  };
}

/** A thousand guests are about 0.5 MB; nothing that we ask for comes near this. It is parsed in one go, beside all other nodes. */
const MAX_BYTES = 8 * 1024 * 1024;

/** A malformed token would be a plain 401 after three seconds; here it says what is wrong with it. */
function authorization({ tokenId, tokenSecret }: ProxmoxTarget): string {
  // Grammar of pve-access-control AccessControl.pm; the value runs to the next ";".
  if (!/^[^\s:/;!]+@[A-Za-z][A-Za-z0-9.\-_]+![A-Za-z][A-Za-z0-9.\-_]+$/.test(tokenId)) {
    throw new ProxmoxError("auth", "The token id must look like user@realm!name.");
  }
  if (!/^[A-Za-z0-9-]+$/.test(tokenSecret))
    throw new ProxmoxError("auth", "The token secret must be the UUID that Proxmox showed once.");
  return `PVEAPIToken=${tokenId}=${tokenSecret}`;
}
