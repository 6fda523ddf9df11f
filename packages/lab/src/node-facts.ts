// What the node says about itself: name, processors, memory, address.

import os from "node:os";

export interface NodeFacts {
  /** Node name, as in paths and UPIDs. */
  name: string;
  address: string;
  cpus: number;
  memBytes: number;
  usedMemBytes(): number;
  load(): [number, number, number];
  /** Milliseconds since the epoch; moves when the node is rebooted by a fault. */
  bootedAt(): number;
  reboot(atMs: number): void;
}

export function nodeFacts(kind: "memory" | "lxc", bootedAtMs: number, keep: (bootedAtMs: number) => void): NodeFacts {
  let bootedAt = bootedAtMs;
  const own = kind === "lxc" ? machine() : imagined();
  return {
    name: "pve",
    address: "127.0.0.1",
    ...own,
    bootedAt: () => bootedAt,
    reboot(atMs) {
      bootedAt = atMs;
      keep(atMs);
    },
  };
}

function machine() {
  return {
    cpus: os.cpus().length,
    memBytes: os.totalmem(),
    usedMemBytes: () => os.totalmem() - os.freemem(),
    load: (): [number, number, number] => {
      const [one = 0, five = 0, fifteen = 0] = os.loadavg();
      return [one, five, fifteen];
    },
  };
}

/** The memory backend's machine: big enough that nothing a person tries in the wizard is absurd. */
function imagined() {
  const memBytes = 32 * 1024 ** 3;
  return {
    cpus: 8,
    memBytes,
    usedMemBytes: () => Math.round(memBytes * 0.18),
    load: (): [number, number, number] => [0.31, 0.24, 0.2],
  };
}
