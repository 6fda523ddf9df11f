// In which zone of Proxmox's a bridge is: that is where the right to use it is checked.
import { LOCAL_ZONE } from "@homeport/domain/node/node-privileges";
import { ProxmoxError, type NetworkInterface, type Permissions, type Proxmox, type Vnet } from "@homeport/proxmox";

export interface Network {
  bridges: NetworkInterface[];
  vnets: Vnet[];
  /** All paths that any access entry names, with what the token may do there; empty where that was not asked for and no bridge is virtual. */
  listed: Permissions;
}

/** Bridges that the token may neither use nor see are left out by Proxmox. `listed`: whether that is needed also without virtual networks. */
export async function readNetwork(
  proxmox: Proxmox,
  pveName: string,
  { signal, listed }: { signal: AbortSignal; listed: boolean },
): Promise<Network> {
  const list = () => proxmox.permissions({}, { signal });
  const [bridges, before] = await Promise.all([
    proxmox.network(pveName, "any_bridge", { signal }).catch((error: unknown) => {
      if (error instanceof ProxmoxError && error.kind === "permission") return [];
      throw error;
    }),
    listed ? list() : undefined,
  ]);
  if (!bridges.some(({ type }) => type === "vnet")) return { bridges, vnets: [], listed: before ?? {} };
  const [vnets, after] = await Promise.all([proxmox.vnets({ signal }).catch(nothing), before ?? list()]);
  return { bridges, vnets, listed: after };
}

/**
 * Null: a virtual network whose zone the token may not learn. Then it may use it: Proxmox lists a network for SDN.Use or
 * SDN.Audit (pve-network, SDN.pm `get_local_vnets`), and with SDN.Audit it would have given the zone as well.
 */
export function zoneOf({ bridges, vnets, listed }: Network, bridge: string): string | null {
  if (bridges.find(({ iface }) => iface === bridge)?.type !== "vnet") return LOCAL_ZONE;
  const known = vnets.find(({ vnet }) => vnet === bridge)?.zone;
  if (known !== undefined) return known;
  const named = Object.keys(listed)
    .map((path) => path.split("/"))
    .find(([, sdn, zones, , vnet]) => sdn === "sdn" && zones === "zones" && vnet === bridge);
  return named?.[3] ?? null;
}

/** Whether it can be used with a VLAN at least (pve-access-control, RPCEnvironment.pm `check_sdn_bridge`). */
export function usableWithVlan({ listed }: Network, path: string): boolean {
  return Object.entries(listed).some(
    ([at, privileges]) => at.startsWith(`${path}/`) && privileges["SDN.Use"] !== undefined,
  );
}

function nothing(error: unknown): Vnet[] {
  if (error instanceof ProxmoxError && error.kind !== "certificate" && error.kind !== "auth") return [];
  throw error;
}
