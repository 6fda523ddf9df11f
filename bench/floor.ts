// The floor: the same container made by the calls that cannot be left out, one after the other, by a script that keeps nothing.
import { randomUUID } from "node:crypto";
import {
  followArgv,
  helpers,
  HELPERS_PATH,
  installArgv,
  parseFollow,
  putArgv,
  runner,
  RUNNER_PATH,
  sha256,
  startArgv,
  unitPaths,
} from "@homeport/guest";
import type { Upid } from "@homeport/proxmox";
import type { Kit } from "./kit";
import { timed } from "./figures";

const NODE = "pve";
const POLL_MS = 100;
const IMAGE = /vztmpl\/debian-12/;

async function ended({ proxmox }: Kit, upid: Upid): Promise<void> {
  for (;;) {
    const { status, exitstatus } = await proxmox.taskStatus(upid);
    if (status === "stopped") {
      if (exitstatus !== "OK") throw new Error(`the floor's task ended with ${exitstatus}`);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Create and start, each followed to its end. */
async function makeGuest(kit: Kit): Promise<{ vmid: number; createMs: number }> {
  const { proxmox } = kit;
  const vmid = await proxmox.nextId();
  const image = (await proxmox.storageContent(NODE, "local", "vztmpl")).find(({ volid }) => IMAGE.test(volid));
  if (!image) throw new Error("the node has no image of Debian 12");
  const createMs = await timed(async () =>
    ended(
      kit,
      await proxmox.createLxc(NODE, {
        vmid,
        ostemplate: image.volid,
        hostname: `floor-${vmid}`,
        unprivileged: true,
        cores: 1,
        memory: 256,
        swap: 0,
        storage: "local-lvm",
        rootfs: "local-lvm:2",
        net0: "name=eth0,bridge=vmbr0,ip=dhcp",
        features: "nesting=1",
      }),
    ),
  );
  await ended(kit, await proxmox.startLxc(NODE, vmid));
  return { vmid, createMs };
}

/** As Homeport does it, detached and followed, but by nobody who could die: `texts` one after the other. Milliseconds. */
export async function floorProvision(
  kit: Kit,
  texts: readonly string[],
): Promise<{ wallMs: number; createMs: number }> {
  let createMs = 0;
  const wallMs = await timed(async () => {
    const guest = await makeGuest(kit);
    createMs = guest.createMs;
    const run = (argv: readonly string[], stdin?: string) => kit.pct.exec(guest.vmid, argv, { stdin });
    await run(installArgv(RUNNER_PATH, sha256(runner)), runner);
    await run(installArgv(HELPERS_PATH, sha256(helpers)), helpers);
    for (const text of texts) {
      const unit = `floor-${randomUUID()}`;
      for (const [target, content] of [
        [unitPaths(unit).script, text],
        [unitPaths(unit).env, "\n"],
      ] as const)
        await run(
          putArgv({ target, sha256: sha256(content), mode: "0700", owner: "root:root", policy: "REPLACE" }),
          content,
        );
      await run(startArgv(unit));
      for (;;) {
        const { stdout } = await run(followArgv(unit, { offset: 0, maxBytes: 1_000_000, waitSeconds: 1 }));
        const { state, exit } = parseFollow(stdout);
        if (state === "exited" && exit === 0) break;
        if (state !== "running") throw new Error(`the floor's script ended as ${state} (${exit})`);
      }
    }
  });
  return { wallMs, createMs };
}

/** As a person does it at the node's shell: create, start, wait for an address, one exec with all of it. */
export async function byHand(kit: Kit, workSeconds: number): Promise<number> {
  return timed(async () => {
    const { vmid } = await makeGuest(kit);
    while (!(await kit.proxmox.lxcInterfaces(NODE, vmid))?.some(({ name, inet }) => name !== "lo" && inet))
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    const { code } = await kit.pct.exec(vmid, ["sleep", String(workSeconds)]);
    if (code !== 0) throw new Error(`the work by hand ended with ${code}`);
  });
}
