// The node-local file lock of a VMID: one operation at a time, the others wait for a while and give up.

import { died } from "../http/api-error";

export interface Flocks {
  /** Runs `work` holding the lock; rejects with Proxmox's text when it is not free within `timeoutMs`. */
  with<T>(vmid: number, timeoutMs: number, work: () => Promise<T>): Promise<T>;
}

export function createFlocks(): Flocks {
  const queues = new Map<number, { busy: boolean; waiting: (() => void)[] }>();

  const acquire = (vmid: number, timeoutMs: number) =>
    new Promise<void>((resolve, reject) => {
      const queue = queues.get(vmid) ?? { busy: false, waiting: [] };
      queues.set(vmid, queue);
      if (!queue.busy) {
        queue.busy = true;
        resolve();
        return;
      }
      const enter = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        queue.waiting = queue.waiting.filter((waiter) => waiter !== enter);
        reject(died(`can't lock file '/run/lock/lxc/pve-config-${vmid}.lock' - got timeout`));
      }, timeoutMs);
      queue.waiting.push(enter);
    });

  const release = (vmid: number) => {
    const queue = queues.get(vmid);
    const next = queue?.waiting.shift();
    if (next !== undefined) next();
    else queues.delete(vmid);
  };

  return {
    async with(vmid, timeoutMs, work) {
      await acquire(vmid, timeoutMs);
      try {
        return await work();
      } finally {
        release(vmid);
      }
    },
  };
}
