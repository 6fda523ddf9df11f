// What travels in parts arrives whole.
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { CreateContainerInput, type ContainerSpec } from "../container/container-input";
import type { PlanDocument } from "./plan";
import { askForBatch, packPlans, specsOf, unpackPlans } from "./plan-batch";

const key = `ssh-rsa ${"A".repeat(7_900)}`;
const spec = (hostname: string, more: Partial<ContainerSpec> = {}): ContainerSpec => ({
  ...CreateContainerInput.parse({
    templateRevisionId: randomUUID(),
    nodeId: randomUUID(),
    hostname,
    osTemplate: "local:vztmpl/debian-12.tar.zst",
    cores: 1,
    memoryMib: 256,
    swapMib: 0,
    diskGib: 2,
    storage: "local",
    bridge: "vmbr0",
    network: { mode: "dhcp" },
  }),
  sshPublicKey: key,
  ...more,
});
const one = spec("web-1");
const specs = Array.from({ length: 200 }, (_, index): ContainerSpec => ({
  ...one,
  hostname: `web-${index + 1}`,
  vmid: 500 + index,
}));

function document({ hostname, vmid, sshPublicKey }: ContainerSpec, more: Partial<PlanDocument> = {}): PlanDocument {
  return {
    node: { name: "pve", pveName: "pve", pveVersion: "9.2" },
    template: { name: "web", title: "Web", revision: 1 },
    overSsh: [],
    config: [
      { option: "hostname", value: hostname, words: hostname },
      { option: "memory", value: "256", words: "256 MiB" },
      ...(sshPublicKey === "" ? [] : [{ option: "ssh-public-keys", value: sshPublicKey, words: "1 key" }]),
    ],
    vmid: { typed: vmid, likely: null, from: 100, to: 999 },
    image: { volid: "x", present: true, sizeBytes: null },
    storage: {
      name: "local",
      type: "dir",
      availableBytes: 1,
      totalBytes: 1,
      neededBytes: 1,
      promisedBytes: 0,
      promisedTo: 0,
    },
    bridge: { name: "vmbr0", cidr: null },
    files: [],
    packages: [],
    scripts: [],
    privileges: [],
    blockers: [],
    warnings: [],
    notes: [],
    ...more,
  };
}

test("two hundred specs with long keys are asked for in one small message, and are whole again", () => {
  const question = askForBatch(specs);
  expect(JSON.stringify(question).length).toBeLessThan(64 * 1024);
  expect(question && specsOf(question)).toEqual(specs);
  expect(askForBatch([])).toBeUndefined();
});

test("their plans as well, obstacles, other options and all", () => {
  const plans = specs.map((each, index) => ({ hash: String(index), document: document(each) }));
  const [first, second, third] = plans;
  if (!first || !second || !third) throw new Error("there are two hundred");
  second.document = document(specs[1] ?? one, { blockers: [{ id: "vmid:taken", text: "taken" }] });
  third.document = document({ ...one, sshPublicKey: "" });
  const packed = packPlans([first, ...plans.slice(1)]);
  expect(JSON.stringify(packed).length).toBeLessThan(128 * 1024);
  expect(unpackPlans(packed)).toEqual(plans);
});
