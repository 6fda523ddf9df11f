// The contract against every node there is: memory always, lxc as root with HOMEPORT_LAB=lxc, a live one with HOMEPORT_PVE_HOST.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe } from "vitest";
import { startLab, type LabOptions } from "../start-lab";
import { appliancesContract } from "./appliances.contract";
import { authContract } from "./auth.contract";
import { creatingContract } from "./creating.contract";
import { disksContract } from "./disks.contract";
import { imagesContract } from "./images.contract";
import { lifeContract } from "./life.contract";
import { pctContract } from "./pct.contract";
import { readingContract } from "./reading.contract";
import { labTarget, liveTarget, type Target } from "./target";
import { tasksContract } from "./tasks.contract";

interface Opened {
  target: Target;
  close(): Promise<void>;
}

const memory = (version: "9.2" | "8.4") => () =>
  openLab({ backend: "memory", version, scale: 0, resourcesLagMs: 0, authDelayMs: 0 });

const asRoot = process.getuid?.() === 0 && process.env["HOMEPORT_LAB"] === "lxc";
const live = process.env["HOMEPORT_PVE_HOST"] !== undefined;

describe("memory, as 9.2", () => contract(memory("9.2")));
describe("memory, as 8.4", () => contract(memory("8.4")));
// Not skipped but not there: nobody who did not ask for these misses them.
if (asRoot) describe("lxc", () => contract(() => openLab({ backend: "lxc", resourcesLagMs: 0, authDelayMs: 0 })));
if (live) describe("a live Proxmox VE", () => contract(openLive));

function contract(open: () => Promise<Opened>): void {
  let opened: Opened | undefined;
  const target = (): Target => {
    if (opened === undefined) throw new Error("the node is not open");
    return opened.target;
  };
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(async () => opened?.close());

  describe("OS images", () => appliancesContract(target));
  describe("inside OS images", () => imagesContract(target));
  describe("reading", () => readingContract(target));
  describe("creating", () => creatingContract(target));
  describe("life", () => lifeContract(target));
  describe("disks", () => disksContract(target));
  describe("tasks", () => tasksContract(target));
  describe("pct", () => pctContract(target));
  describe("authorisation", () => authContract(target));
}

async function openLab(options: Omit<LabOptions, "stateDir">): Promise<Opened> {
  const stateDir = mkdtempSync(join(tmpdir(), "homeport-lab-"));
  const lab = await startLab({ ...options, stateDir });
  const target = await labTarget(lab);
  return {
    target,
    async close() {
      await target.close();
      await lab.close();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}

async function openLive(): Promise<Opened> {
  const target = await liveTarget(process.env);
  return { target, close: () => target.close() };
}
