// The plan of a container, made by asking the node: nothing is changed there, and what stands in the way is said.
import { createHash } from "node:crypto";
import { Context } from "@temporalio/activity";
import type { TokenRights } from "@homeport/domain/node/node-grants";
import { missingPrivileges, type NeededPrivilege } from "@homeport/domain/node/node-privileges";
import { NODE_SLOW, planHash, type PlanDocument, type PlanFinding } from "@homeport/domain/plan/plan";
import { promisedOn } from "@homeport/domain/plan/plan-space";
import { encodingOf } from "@homeport/domain/template/template";
import { explain, sentence } from "../../failures";
import { plainTexts } from "../../output/harmless";
import type { PlanFacts, Planned, PlanRequest } from "../../plan-ports";
import type { Host, HostDeps } from "../deps";
import { findings, planPrivileges } from "./plan-findings";
import type { ReadImageFiles } from "./plan-image";
import { planOptions, planOverSsh } from "./plan-options";
import { readSurroundings, readVmid, type Sight } from "./plan-sight";
import { readGranted, readRights } from "../node/node-rights";
import { noteSeen } from "../recent";

/** Somebody waits in front of a screen: a node that takes longer is told to do so. */
const PATIENCE_MS = 6_000;

/** An answer always: a node that is away, or refuses us, is a plan with that as its obstacle. */
export async function planContainer(
  deps: HostDeps,
  lookInside: ReadImageFiles,
  request: PlanRequest,
): Promise<Planned> {
  const facts = await deps.plans.facts(request);
  const { spec } = request;
  return onNode(
    deps,
    { nodeId: spec.nodeId, facts },
    {
      async ask(host, signal, cancelled) {
        if (request.toCreate === true)
          return planned(await planToCreate(deps, host, { planning: { ...request, facts }, signal }));
        const document = await planOn(host, { ...request, facts }, signal);
        if (request.lookInside !== true) return planned(document);
        const { files, seen } = await lookInside(
          host,
          { nodeId: spec.nodeId, document, files: facts.template.files },
          cancelled,
        );
        if (seen) await deps.identityChanged(spec.nodeId, seen);
        return planned({ ...document, files });
      },
      otherwise: (obstacle) => planned({ ...unseen(request, facts), blockers: [obstacle] }),
    },
  );
}

interface Asking<Answer> {
  ask: (host: Host, signal: AbortSignal, cancelled: AbortSignal) => Promise<Answer>;
  /** When the node is away, or refuses us: with that as an obstacle. */
  otherwise: (obstacle: PlanFinding) => Answer;
}

/** Connects, asks within some seconds, and always answers; throws only what is our own trouble. */
export async function onNode<Answer>(
  deps: HostDeps,
  { nodeId, facts: { nodeName }, withinMs = PATIENCE_MS }: { nodeId: string; facts: PlanFacts; withinMs?: number },
  { ask, otherwise }: Asking<Answer>,
): Promise<Answer> {
  const { cancellationSignal } = Context.current();
  const patience = AbortSignal.timeout(withinMs);
  let host: Host | undefined;
  try {
    host = await deps.connect(nodeId);
    return await ask(host, AbortSignal.any([cancellationSignal, patience]), cancellationSignal);
  } catch (error) {
    if (cancellationSignal.aborted) throw error;
    const { words, seen, kind } = explain(error, nodeName);
    if (seen) await deps.identityChanged(nodeId, seen);
    if (kind === "database") throw error;
    const text = patience.aborted ? `Node ${nodeName} did not answer within ${withinMs / 1_000} s.` : sentence(words);
    // What is our own trouble is no fault of the node.
    const fix = kind === "homeport" && !patience.aborted ? {} : { fix: "Check the node, then review again." };
    return otherwise({ id: patience.aborted ? NODE_SLOW : `node:${kind}`, text, ...fix });
  } finally {
    await host?.close().catch(() => undefined);
  }
}

export interface Planning extends PlanRequest {
  facts: PlanFacts;
  seen?: Sight;
  rightsOf?: (needed: readonly NeededPrivilege[]) => Promise<TokenRights>;
}

/** What `host` says now. Throws what any step throws when the node does not answer. `seen`, `rightsOf`: what was asked a moment ago, or for a whole batch. */
export async function planOn(
  host: Host,
  { spec, facts, seen, rightsOf = (needed) => readRights(host, needed, signal) }: Planning,
  signal: AbortSignal,
): Promise<PlanDocument> {
  const sight = seen ?? (await readSight(host, { spec, facts }, signal));
  const promised = promisedOn(spec.storage, facts.promises);
  const asked = { spec, template: facts.template, range: facts.range, host, sight, promised };
  const needed = planPrivileges(asked);
  const what = { ...asked, needed, rights: await rightsOf(needed) };
  const missing = missingPrivileges(needed, what.rights.effective);
  const image = sight.images.find(({ volid }) => volid === spec.osTemplate);
  const storage = sight.storages.find((one) => one.storage === spec.storage);
  const plan = unseen({ spec }, facts);
  return plainTexts({
    ...plan,
    node: { name: facts.nodeName, pveName: host.pveName, pveVersion: sight.version },
    vmid: { ...plan.vmid, likely: sight.likelyVmid },
    image: { ...plan.image, present: image !== undefined, sizeBytes: image?.size ?? null },
    storage: {
      ...plan.storage,
      type: storage?.type ?? null,
      availableBytes: storage?.avail ?? null,
      totalBytes: storage?.total ?? null,
      promisedBytes: promised.diskBytes,
      promisedTo: promised.containers,
    },
    bridge: { ...plan.bridge, cidr: sight.network.bridges.find(({ iface }) => iface === spec.bridge)?.cidr ?? null },
    privileges: needed.map((one) => ({
      path: one.path,
      privilege: one.privilege,
      for: one.for,
      granted: !missing.includes(one),
    })),
    ...findings(what),
  });
}

/** For the click itself and for the run's check behind it, which follow each other within a moment: what the one has heard, the other need not ask. */
export async function planToCreate(
  { pace }: Pick<HostDeps, "pace">,
  host: Host,
  { planning, signal }: { planning: Planning; signal: AbortSignal },
): Promise<PlanDocument> {
  const atMs = performance.now();
  const { osTemplate, vmid } = planning.spec;
  const seen = planning.seen ?? (await readSight(host, planning, signal));
  const rightsOf = (needed: readonly NeededPrivilege[]) => readGranted(host, needed, { signal, pace });
  const document = await planOn(host, { ...planning, seen, rightsOf }, signal);
  if (planning.seen === undefined && document.blockers.length === 0)
    noteSeen(host.proxmox, { around: seen, osTemplate, numbers: new Map([[vmid, seen]]), atMs });
  return document;
}

async function readSight(
  host: Host,
  { spec, facts }: { spec: PlanRequest["spec"]; facts: PlanFacts },
  signal: AbortSignal,
): Promise<Sight> {
  const around = await readSurroundings(host, spec, signal);
  return { ...around, ...(await readVmid(host, { vmid: spec.vmid, facts, guests: around.guests }, signal)) };
}

export function planned(document: PlanDocument): Planned {
  return { document, hash: planHash(document, sha256) };
}

/** All that is known without the node. */
export function unseen({ spec }: PlanRequest, { template, revision, nodeName, range }: PlanFacts): PlanDocument {
  return {
    node: { name: nodeName, pveName: null, pveVersion: null },
    template: { name: template.name, title: template.title, revision },
    config: planOptions(spec),
    overSsh: planOverSsh(spec),
    vmid: { typed: spec.vmid, likely: null, from: range.from, to: range.to },
    image: { volid: spec.osTemplate, present: false, sizeBytes: null },
    storage: {
      name: spec.storage,
      type: null,
      availableBytes: null,
      totalBytes: null,
      neededBytes: spec.diskGib * 1024 ** 3,
      promisedBytes: 0,
      promisedTo: 0,
    },
    bridge: { name: spec.bridge, cidr: null },
    files: template.files.map((file) => ({
      target: file.target,
      title: file.title ?? null,
      mode: file.mode,
      owner: file.owner,
      policy: file.policy,
      ...measured(Buffer.from(file.content, encodingOf(file))),
    })),
    packages: template.packages.map(({ name }) => name).filter((name) => !spec.packagesOff.includes(name)),
    scripts: template.scripts
      .filter(({ name }) => !spec.scriptsOff.includes(name))
      .map(({ name, title, optional, repeatable, timeoutMinutes, content }) => ({
        name,
        title,
        optional,
        repeatable,
        timeoutMinutes,
        ...measured(Buffer.from(content)),
      })),
    privileges: [],
    blockers: [],
    warnings: [],
    notes: [],
  };
}

const measured = (content: Buffer) => ({ sizeBytes: content.length, sha256: sha256(content) });
const sha256 = (bytes: string | Buffer): string => createHash("sha256").update(bytes).digest("hex");
