// A plan as the engine answers it, of a node that has everything.
import { createHash } from "node:crypto";
import type { ContainerSpec } from "@homeport/domain/container/container-input";
import { planHash, type PlanDocument } from "@homeport/domain/plan/plan";

export function plannedFor(
  spec: ContainerSpec,
  world: Partial<PlanDocument> = {},
): { hash: string; document: PlanDocument } {
  const document: PlanDocument = {
    node: { name: "pve", pveName: "pve", pveVersion: "9.2.11" },
    template: { name: "web", title: "Web server", revision: 1 },
    config: [
      { option: "hostname", value: spec.hostname, words: `called ${spec.hostname}` },
      { option: "memory", value: String(spec.memoryMib), words: `${spec.memoryMib} MiB of memory` },
    ],
    overSsh: [],
    vmid: { typed: spec.vmid, likely: spec.vmid === null ? 100 : null, from: 100, to: 999_999_999 },
    image: { volid: spec.osTemplate, present: true, sizeBytes: 126_129_049 },
    storage: {
      name: spec.storage,
      type: "lvmthin",
      availableBytes: 1e12,
      totalBytes: 2e12,
      neededBytes: spec.diskGib * 1024 ** 3,
      promisedBytes: 0,
      promisedTo: 0,
    },
    bridge: { name: spec.bridge, cidr: null },
    files: [],
    packages: ["nginx"],
    scripts: [],
    privileges: [],
    blockers: [],
    warnings: [],
    notes: [],
    ...world,
  };
  return { document, hash: planHash(document, (text) => createHash("sha256").update(text).digest("hex")) };
}
