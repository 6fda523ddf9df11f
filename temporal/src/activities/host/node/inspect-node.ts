// Signs in to a confirmed node and reports, line by line, what works and how to mend what does not.
import { Context } from "@temporalio/activity";
import type { NodeReportLine } from "@homeport/domain/node/node-report";
import { ProxmoxError, type Proxmox } from "@homeport/proxmox";
import { explain, NodeLeftAlone } from "../../failures";
import { networkCause } from "../../network-cause";
import type { Inspection } from "../../ports";
import type { Host, HostDeps } from "../deps";
import { readInventory } from "./node-inventory";
import { privilegeLines } from "./node-privilege-lines";
import { sshLines } from "./node-ssh-lines";
import { storageLines } from "./node-storage-lines";

export async function inspectNode(deps: HostDeps, nodeId: string): Promise<Inspection> {
  const { cancellationSignal: signal } = Context.current();
  let host: Host | undefined;
  try {
    host = await deps.connect(nodeId);
    return await inspect(host, signal);
  } catch (error) {
    const trouble = explain(error, host?.name ?? "?", { place: "node" });
    if (trouble.seen) {
      await deps.identityChanged(nodeId, trouble.seen);
      return { keyChanged: trouble.words };
    }
    if (trouble.nodeReason?.why === "unreachable")
      return { unreachable: { ...trouble.nodeReason, cause: networkCause(error) ?? null } };
    if (error instanceof NodeLeftAlone) return { refused: error.reason };
    if (trouble.kind.startsWith("proxmox-"))
      return lone({ id: "api", label: "API reachable", state: "failed", detail: trouble.words });
    throw error;
  } finally {
    await host?.close().catch(() => undefined);
  }
}

const lone = (line: NodeReportLine): Inspection => ({
  report: { lines: [line] },
  inventory: null,
  pveName: null,
  pveVersion: null,
});

/** All that is found on a node that lets us in. Throws what its calls throw. */
export async function inspect(host: Host, signal: AbortSignal): Promise<Inspection> {
  const { proxmox } = host;
  const { version } = await proxmox.version({ signal });
  const lines: NodeReportLine[] = [
    { id: "api", label: "API reachable", state: "ok", detail: `signed in as ${host.token.user}!${host.token.tokenId}` },
    versionLine(version),
  ];
  const pveName = await ownName(proxmox, signal);
  if (pveName === undefined) {
    // Proxmox names its nodes to everybody who is signed in: this is an answer that we do not understand.
    lines.push({ id: "node", label: "Node", state: "failed", detail: "Proxmox named no node." });
    return { report: { lines }, inventory: null, pveName: null, pveVersion: version };
  }
  const found = await readInventory(proxmox, pveName, signal);
  lines.push(...(await privilegeLines(host, pveName, { found, signal })));
  lines.push(...(await sshLines(host, signal)));
  lines.push(...storageLines(found));
  return { report: { lines }, inventory: found.known, pveName, pveVersion: version };
}

/** Supported are 8.4 and 9.x: earlier ones differ in what containers may be asked. */
function versionLine(version: string): NodeReportLine {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const line = { id: "version", label: "Proxmox VE version" };
  if (major === 9 || (major === 8 && minor >= 4)) return { ...line, state: "ok", detail: version };
  if (major > 9)
    return {
      ...line,
      state: "warning",
      detail: `${version} is newer than what Homeport was tried with (8.4 and 9.x).`,
    };
  return {
    ...line,
    state: "failed",
    detail: `${version} is too old: 8.4 or 9.x is needed. Proxmox's manual describes the way from version to version.`,
  };
}

/** In a cluster the one we talk to says of itself that it is local. */
async function ownName(proxmox: Proxmox, signal: AbortSignal): Promise<string | undefined> {
  const nodes = await proxmox.nodes({ signal });
  if (nodes.length === 1) return nodes[0]?.node;
  try {
    const entries = await proxmox.clusterStatus({ signal });
    const local = entries.find(({ type, local }) => type === "node" && local)?.name;
    if (local !== undefined) return local;
  } catch (error) {
    // Needs Sys.Audit on /: without it the names alone have to do.
    if (!(error instanceof ProxmoxError && error.kind === "permission")) throw error;
  }
  return nodes.find(({ status }) => status === "online")?.node;
}
