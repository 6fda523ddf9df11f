import type { Proxmox } from "@homeport/proxmox";
import { expect, test } from "vitest";
import type { Surroundings } from "./plan/plan-sight";
import { forgetGranted, grantedLately, noteGranted, noteMade, noteSeen, seenLately, sightLately } from "./recent";

// Only which connection it is counts here.
const connection = (): { proxmox: Proxmox } => ({ proxmox: {} as Proxmox });
const long = { seenMs: 300_000, rightsMs: 300_000 };
const around: Surroundings = {
  version: "9.2.3",
  storages: [],
  network: { bridges: [], vnets: [], listed: {} },
  images: [],
  unread: null,
  downloadable: false,
  guests: [{ id: "lxc/100", type: "lxc", vmid: 100 }],
  cpus: 4,
  memoryBytes: 32 * 1024 ** 3,
};
const number = { holder: null, likelyVmid: 101, offered: 101 };
const choices = { osTemplate: "local:vztmpl/debian.tar.zst", vmid: null };

const plan = (atMs = performance.now()) => ({
  around,
  osTemplate: choices.osTemplate,
  numbers: new Map([[null, number]]),
  atMs,
});

function afterPlan(): { proxmox: Proxmox } {
  const host = connection();
  noteSeen(host.proxmox, plan());
  return host;
}

test("a plan's sight counts for the same choices, on the same connection, and not for long", () => {
  const host = afterPlan();
  expect(sightLately(host, choices, long)).toEqual({ ...around, ...number });
  expect(sightLately(host, { ...choices, osTemplate: "local:vztmpl/alpine.tar.xz" }, long)).toBeUndefined();
  expect(sightLately(host, { ...choices, vmid: 640 }, long)).toBeUndefined();
  expect(sightLately(host, choices, { seenMs: 0 })).toBeUndefined();
  expect(sightLately(connection(), choices, long)).toBeUndefined();
});

test("once a disk was made, who plans asks how much room is left; who is there stays known", () => {
  const host = afterPlan();
  noteMade(host.proxmox);
  expect(sightLately(host, choices, long)).toBeUndefined();
  // Asked before it was made, and answered after.
  noteSeen(host.proxmox, plan(performance.now() - 1_000));
  expect(sightLately(host, choices, long)).toBeUndefined();
  expect(seenLately(host, long)).toEqual({ guests: around.guests, images: [], offered: 101 });
});

test("rights count where all the paths were asked about lately", () => {
  const host = connection();
  noteGranted(host.proxmox, { "/vms": { "VM.Allocate": 1 } });
  expect(grantedLately(host, ["/vms"], long)).toEqual({ "/vms": { "VM.Allocate": 1 } });
  expect(grantedLately(host, ["/vms", "/storage/local"], long)).toBeUndefined();
  expect(grantedLately(host, ["/vms"], { rightsMs: 0 })).toBeUndefined();
  forgetGranted(host.proxmox);
  expect(grantedLately(host, ["/vms"], long)).toBeUndefined();
});
