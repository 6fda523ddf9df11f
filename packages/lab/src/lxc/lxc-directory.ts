// Where the guests of a lab are, and how to be rid of them all.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createLxcHost } from "./lxc-host";

/** Not below the state directory: a guest's root is nobody on this machine and could not pass through a closed folder. */
const ROOT = "/var/lib/homeport-lab";

export function lxcDirectory(stateDir: string): string {
  return join(ROOT, createHash("sha256").update(resolve(stateDir)).digest("hex").slice(0, 12));
}

/** Stops and removes every guest of that lab, its bridge and its directory. */
export async function destroyLxcLab(stateDir: string): Promise<void> {
  const directory = lxcDirectory(stateDir);
  if (!existsSync(directory)) return;
  const host = createLxcHost({ directory });
  for (const vmid of await host.guests()) {
    if (await host.running(vmid)) await host.stop(vmid);
    await host.destroy(vmid);
  }
  await host.close();
  await rm(directory, { recursive: true, force: true, maxRetries: 5 });
}
