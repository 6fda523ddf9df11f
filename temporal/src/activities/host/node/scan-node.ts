// Compares what is on a node with the rows, both ways. Changes nothing there; nothing is concluded from a node that does not answer.
import { Context } from "@temporalio/activity";
import { guestSignature, whoseGuest } from "@homeport/domain/container/guest-ownership";
import { explainsItself } from "@homeport/domain/orphan/orphan";
import { ownershipTag, ownershipTags, ownership, readOwnershipTag } from "@homeport/domain/container/ownership-tag";
import { type LxcConfig, ProxmoxError, type ProxmoxErrorKind, type Resource } from "@homeport/proxmox";
import { explain } from "../../failures";
import { plainTexts } from "../../output/harmless";
import type { Found, NewReadOwner, NodeRows, RowOfContainer, Suspect } from "../../reconcile-ports";
import type { Host, HostDeps } from "../deps";

/** Answers what was seen for the first time; what was seen before is told by its row. */
export async function scanNode(
  deps: HostDeps,
  { nodeId, suspects }: { nodeId: string; suspects: Suspect[] },
): Promise<Suspect[]> {
  const { cancellationSignal: signal } = Context.current();
  let host: Host | undefined;
  try {
    const rows = await deps.reconciler.rows(nodeId);
    if (rows === undefined) return [];
    host = await deps.connect(nodeId);
    const found = await compareNode(
      {
        host,
        nodeId,
        installationId: await deps.installation(),
        signal,
        remember: (readOwners) => deps.reconciler.remember(readOwners),
      },
      rows,
    );
    return await deps.reconciler.keep(nodeId, plainTexts(found), suspects);
  } catch (error) {
    if (signal.aborted) throw error;
    const trouble = explain(error, host?.name ?? "?");
    if (trouble.seen) await deps.identityChanged(nodeId, trouble.seen);
    if (trouble.kind === "homeport" || trouble.kind === "database") throw error;
    return [];
  } finally {
    await host?.close().catch(() => undefined);
  }
}

export interface Scan {
  host: Host;
  nodeId: string;
  installationId: string;
  signal: AbortSignal;
  remember: (readOwners: readonly NewReadOwner[]) => Promise<void>;
}

export async function compareNode(scan: Scan, rows: NodeRows): Promise<Found[]> {
  const resources = await scan.host.proxmox.resources("vm", { signal: scan.signal });
  const byVmid = new Map(resources.map((guest) => [guest.vmid, guest]));
  const found: Found[] = [];
  for (const container of rows.containers)
    found.push(...(await compareContainer(scan, container, byVmid.get(container.vmid))));
  for (const guest of resources) found.push(...(await compareGuest(scan, guest, rows)));
  return found;
}

/** What is said of a guest that cannot be read, so that the others are compared all the same. Throws what is not about that guest alone. */
async function unlessUnread<T>(
  { host, signal }: Scan,
  node: string | undefined,
  act: () => Promise<T>,
): Promise<T | Unread> {
  try {
    return await act();
  } catch (error) {
    const elsewhere =
      error instanceof ProxmoxError && error.kind === "unreachable" && node !== undefined && node !== host.pveName;
    if (signal.aborted || !(error instanceof ProxmoxError) || (wholeNode.has(error.kind) && !elsewhere)) throw error;
    return { unread: elsewhere ? `node ${node} of its cluster does not answer` : explain(error, host.name).words };
  }
}

interface Unread {
  unread: string;
}

/** What keeps us from the node itself; no other guest would answer either. */
const wholeNode: ReadonlySet<ProxmoxErrorKind> = new Set<ProxmoxErrorKind>(["unreachable", "certificate", "auth"]);

/** A container of ours: is its guest there, and free? */
async function compareContainer(scan: Scan, container: RowOfContainer, guest: Resource | undefined): Promise<Found[]> {
  const { id, vmid, hostname, active } = container;
  if (explainsItself(active)) return [];
  const about = { vmid, containerId: id };
  const ours = await unlessUnread(scan, guest?.node, () => whoseIs(scan, container, guest));
  if (ours !== true) {
    const facts =
      ours !== null && typeof ours === "object" ? { hostname, unread: ours.unread } : { hostname, holder: ours };
    return active === null ? [{ ...about, kind: "container_gone", subject: `container:${id}`, facts }] : [];
  }
  const lock = guest?.lock;
  if (!lock) return [];
  const worked = await unlessUnread(scan, guest.node, () => isWorkedOn(scan, guest));
  return worked === true
    ? []
    : [
        {
          ...about,
          kind: "stale_lock",
          subject: `lock:${scan.nodeId}:${vmid}`,
          facts: { hostname, lock, ...(worked === false ? {} : worked) },
        },
      ];
}

/** By its tag; an untagged one's configuration is read once, and what it said is remembered. One that is gone, and told so, is not asked for again. */
async function whoseIs(
  scan: Scan,
  { id, vmid, read, gone }: RowOfContainer,
  guest: Resource | undefined,
): Promise<true | string | null> {
  if (guest === undefined) return gone ? null : readWhose(scan, { id, vmid }, guest);
  const listed = { kind: guest.type, name: guest.name ?? null, tags: guest.tags ?? null };
  const known = whoseGuest(id, listed, read);
  if (known.whose === "ours") return true;
  if (known.whose === "other" && (guest.type !== "lxc" || read?.signature === guestSignature(listed)))
    return known.holder;
  const whose = await readWhose(scan, { id, vmid }, guest);
  if (whose !== null)
    await scan.remember([
      { containerId: id, signature: guestSignature(listed), holder: whose === true ? null : whose },
    ]);
  return whose;
}

/** True: it is ours after all; else who has the VMID, null when nobody has. The config is asked: a list may be late. */
async function readWhose(
  scan: Scan,
  { id, vmid }: { id: string; vmid: number },
  guest: Resource | undefined,
): Promise<true | string | null> {
  if (guest !== undefined && guest.type !== "lxc") return "a virtual machine";
  const config = await readConfig(scan, guest?.node ?? scan.host.pveName, vmid);
  if (config === null) return null;
  const whose = ownership(id, config);
  if (whose === "ours") return true;
  return whose === "foreign" ? "another container of Homeport's" : "a container that Homeport did not make";
}

async function isWorkedOn({ host, signal }: Scan, guest: Resource): Promise<boolean> {
  const tasks = await host.proxmox.tasks(
    guest.node ?? host.pveName,
    { vmid: guest.vmid ?? 0, source: "active", limit: 50 },
    { signal },
  );
  return tasks.some(({ status, endtime }) => endtime === undefined && (status === undefined || status === "RUNNING"));
}

/** A guest of the node: does it carry a tag that no live container answers for? Without one it is none of our business. */
async function compareGuest(scan: Scan, guest: Resource, rows: NodeRows): Promise<Found[]> {
  const { vmid } = guest;
  if (guest.type !== "lxc" || vmid === undefined || guest.node !== scan.host.pveName) return [];
  const tags = ownershipTags(guest.tags);
  if (tags.length === 0 || tags.some((tag) => rows.ownedTags.has(`${vmid} ${tag}`) || rows.busy.has(tag))) return [];
  const about = { kind: "guest_without_row", subject: `guest:${scan.nodeId}:${vmid}`, vmid } as const;
  const read = await unlessUnread(scan, guest.node, async () => ({
    config: await readConfig(scan, scan.host.pveName, vmid),
  }));
  if ("unread" in read)
    return [{ ...about, facts: { hostname: guest.name ?? null, tag: tags[0] ?? null, unread: read.unread } }];
  const { config } = read;
  const tagged = config && readOwnershipTag(config);
  if (!tagged || config.lock === "create") return [];
  const named = tagged.containerId === null ? tagged.tag : ownershipTag(tagged.containerId);
  if (named === null || rows.ownedTags.has(`${vmid} ${named}`) || rows.busy.has(named)) return [];
  const maker = tagged.installationId === scan.installationId ? "this" : "other";
  return [
    {
      ...about,
      facts: {
        hostname: config.hostname ?? guest.name ?? null,
        marker: tagged.containerId,
        tag: tagged.tag,
        madeBy: tagged.installationId === null ? "unknown" : maker,
        config: lines(config),
      },
    },
  ];
}

async function readConfig({ host, signal }: Scan, node: string, vmid: number): Promise<LxcConfig | null> {
  try {
    return await host.proxmox.lxcConfig(node, vmid, { signal });
  } catch (error) {
    if (error instanceof ProxmoxError && error.kind === "missing") return null;
    throw error;
  }
}

/** What tells one guest from another, and what a container is made of again when it is adopted. */
const shown = new Set([
  "hostname",
  "ostype",
  "cores",
  "memory",
  "swap",
  "rootfs",
  "net0",
  "tags",
  "unprivileged",
  "features",
  "onboot",
  "nameserver",
  "searchdomain",
  "description",
]);
const MOST = 300;

function lines(config: LxcConfig): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).flatMap(([key, value]) =>
      shown.has(key) && (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
        ? [[key, String(value).slice(0, MOST)]]
        : [],
    ),
  );
}
