// The plan of a container, made by asking the node: nothing is changed there, and what stands in the way is said.
import { createHash } from "node:crypto";
import { Context } from "@temporalio/activity";
import { missingPrivileges } from "@homeport/domain/node-privileges";
import { planHash, type PlanDocument } from "@homeport/domain/plan";
import { encodingOf } from "@homeport/domain/template";
import { explain, sentence } from "../failures";
import { plainTexts } from "../output/harmless";
import type { PlanFacts, Planned, PlanRequest } from "../plan-ports";
import type { Host, HostDeps } from "./deps";
import { findings, planPrivileges } from "./plan-findings";
import type { LookInside } from "./plan-image";
import { planOptions, planOverSsh } from "./plan-options";
import { lookAround } from "./plan-sight";
import { readRights } from "./node-rights";

/** Somebody waits in front of a screen: a node that takes longer is told to do so. */
const PATIENCE_MS = 6_000;

/** An answer always: a node that is away, or refuses us, is a plan with that as its obstacle. */
export async function planContainer(deps: HostDeps, lookInside: LookInside, request: PlanRequest): Promise<Planned> {
  const facts = await deps.plans.facts(request);
  const { cancellationSignal } = Context.current();
  const patience = AbortSignal.timeout(PATIENCE_MS);
  let host: Host | undefined;
  try {
    host = await deps.connect(request.spec.nodeId);
    const document = await planOn(host, { ...request, facts }, AbortSignal.any([cancellationSignal, patience]));
    if (request.lookInside !== true) return planned(document);
    const { nodeId } = request.spec;
    const { files, seen } = await lookInside(host, { nodeId, document, files: facts.template.files }, cancellationSignal);
    if (seen) await deps.identityChanged(nodeId, seen);
    return planned({ ...document, files });
  } catch (error) {
    if (cancellationSignal.aborted) throw error;
    const { words, seen, kind } = explain(error, facts.nodeName);
    if (seen) await deps.identityChanged(request.spec.nodeId, seen);
    if (kind === "database") throw error;
    const text = patience.aborted ? `Node ${facts.nodeName} did not answer within ${PATIENCE_MS / 1_000} s.` : sentence(words);
    return planned({ ...unseen(request, facts), blockers: [{ id: `node:${patience.aborted ? "slow" : kind}`, text, fix: "Look at the node; then look at the plan again." }] });
  } finally {
    await host?.close().catch(() => undefined);
  }
}

/** What `host` says now. Throws what any step throws when the node does not answer. */
export async function planOn(host: Host, { spec, facts }: PlanRequest & { facts: PlanFacts }, signal: AbortSignal): Promise<PlanDocument> {
  const sight = await lookAround(host, { spec, facts }, signal);
  const asked = { spec, template: facts.template, host, sight };
  const needed = planPrivileges(asked);
  const what = { ...asked, needed, rights: await readRights(host, needed, signal) };
  const missing = missingPrivileges(needed, what.rights.effective);
  const image = sight.images.find(({ volid }) => volid === spec.osTemplate);
  const storage = sight.storages.find((one) => one.storage === spec.storage);
  const plan = unseen({ spec }, facts);
  return plainTexts({
    ...plan,
    node: { name: facts.nodeName, pveName: host.pveName, pveVersion: sight.version },
    vmid: { ...plan.vmid, likely: sight.likelyVmid },
    image: { ...plan.image, present: image !== undefined, sizeBytes: image?.size ?? null },
    storage: { ...plan.storage, type: storage?.type ?? null, availableBytes: storage?.avail ?? null, totalBytes: storage?.total ?? null },
    bridge: { ...plan.bridge, cidr: sight.network.bridges.find(({ iface }) => iface === spec.bridge)?.cidr ?? null },
    privileges: needed.map((one) => ({ path: one.path, privilege: one.privilege, for: one.for, granted: !missing.includes(one) })),
    ...findings(what),
  });
}

export function planned(document: PlanDocument): Planned {
  return { document, hash: planHash(document, sha256) };
}

/** All that is known without the node. */
function unseen({ spec }: PlanRequest, { template, revision, nodeName, range }: PlanFacts): PlanDocument {
  return {
    node: { name: nodeName, pveName: null, pveVersion: null },
    template: { name: template.name, title: template.title, revision },
    config: planOptions(spec),
    overSsh: planOverSsh(spec),
    vmid: { typed: spec.vmid, likely: null, ...range },
    image: { volid: spec.osTemplate, present: false, sizeBytes: null },
    storage: { name: spec.storage, type: null, availableBytes: null, totalBytes: null, neededBytes: spec.diskGib * 1024 ** 3 },
    bridge: { name: spec.bridge, cidr: null },
    files: template.files.map((file) => ({ target: file.target, title: file.title ?? null, mode: file.mode, owner: file.owner, policy: file.policy, ...measured(Buffer.from(file.content, encodingOf(file))) })),
    packages: template.packages.map(({ name }) => name).filter((name) => !spec.packagesOff.includes(name)),
    scripts: template.scripts
      .filter(({ name }) => !spec.scriptsOff.includes(name))
      .map(({ name, title, optional, repeatable, timeoutMinutes, content }) => ({ name, title, optional, repeatable, timeoutMinutes, ...measured(Buffer.from(content)) })),
    privileges: [],
    blockers: [],
    warnings: [],
    notes: [],
  };
}

const measured = (content: Buffer) => ({ sizeBytes: content.length, sha256: sha256(content) });
const sha256 = (bytes: string | Buffer): string => createHash("sha256").update(bytes).digest("hex");
