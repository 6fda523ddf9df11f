// Which of the rights that Homeport needs the token lacks, each with the command that grants it.
import type { NodeInventory, NodeReportLine } from "@homeport/domain/node-report";
import { missingPrivileges, neededPrivileges } from "@homeport/domain/node-privileges";
import type { Host } from "./deps";

/** Proxmox grants roles, not privileges: the smallest built-in ones that hold what is needed (pve-access-control, AccessControl.pm). */
const roles: Record<string, string> = { "/vms": "PVEVMAdmin", "/nodes": "PVEAuditor", "/sdn": "PVESDNUser", "/storage": "PVEDatastoreUser" };

/** Typed on the node. */
export function grantCommand({ user, tokenId }: Host["token"], path: string): string {
  return `pveum acl modify ${path} --tokens '${user}!${tokenId}' --roles ${roles[`/${path.split("/")[1] ?? ""}`] ?? "Administrator"}`;
}

export async function privilegeLines(host: Host, node: { pveName: string; inventory: NodeInventory }, signal: AbortSignal): Promise<NodeReportLine[]> {
  const { storages } = node.inventory;
  const needed = neededPrivileges({
    pveName: node.pveName,
    containerStorages: storages.filter(({ forContainers }) => forContainers).map(({ name }) => name),
    templateStorages: storages.filter(({ forTemplates }) => forTemplates).map(({ name }) => name),
  });
  const missing = missingPrivileges(needed, await host.proxmox.permissions({ signal }));
  if (missing.length === 0) return [{ id: "privileges", label: "Privileges", state: "ok", detail: `all ${needed.length} that are needed` }];
  return missing.map(({ path, privilege, for: purpose }) => ({
    id: `privilege:${path}:${privilege}`,
    label: `Privilege ${privilege} on ${path}`,
    state: "failed",
    detail: `Needed to ${purpose}.`,
    fix: grantCommand(host.token, path),
  }));
}
