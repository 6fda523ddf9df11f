// Calls that any node answers for all of them.
import { z } from "zod";
import { path as at } from "../encode";
import type { CallOptions, Send } from "../transport";
import { ClusterEntry, Node, Permissions, Resource, User, Version, Vnet } from "../wire";
import { numeric } from "../wire-scalars";

export const clusterCalls = (send: Send) => ({
  async version(options?: CallOptions): Promise<Version> {
    return (await send({ method: "GET", path: "/version", answer: Version }, options)).data;
  },

  /**
   * What this token may do, privileges by path: the top paths, and those that any access entry of the cluster names. `path`: what
   * is in force at exactly that one. `userid`: of somebody else, which needs `Sys.Audit` on /access (kind `permission`).
   */
  async permissions(
    filter: { path?: string | undefined; userid?: string | undefined } = {},
    options?: CallOptions,
  ): Promise<Permissions> {
    return (await send({ method: "GET", path: "/access/permissions", params: filter, answer: Permissions }, options))
      .data;
  },

  /** With its tokens. Needs `Sys.Audit` or `User.Modify` on /access/groups; a token may not even ask for its own user. */
  async user(userid: string, options?: CallOptions): Promise<User> {
    return (await send({ method: "GET", path: at`/access/users/${userid}`, answer: User }, options)).data;
  },

  /** Virtual networks and their zones: those on which the token has `SDN.Audit` or `SDN.Allocate`. */
  async vnets(options?: CallOptions): Promise<Vnet[]> {
    return (await send({ method: "GET", path: "/cluster/sdn/vnets", answer: z.array(Vnet) }, options)).data;
  },

  async nodes(options?: CallOptions): Promise<Node[]> {
    return (await send({ method: "GET", path: "/nodes", answer: z.array(Node) }, options)).data;
  },

  async clusterStatus(options?: CallOptions): Promise<ClusterEntry[]> {
    return (await send({ method: "GET", path: "/cluster/status", answer: z.array(ClusterEntry) }, options)).data;
  },

  /** The lowest free VMID, or `vmid` itself when it is free, else kind `exists`. Nothing is reserved: only creating claims an id. */
  async nextId(vmid?: number, options?: CallOptions): Promise<number> {
    return (await send({ method: "GET", path: "/cluster/nextid", params: { vmid }, answer: numeric }, options)).data;
  },

  /** Everything the token may see, in one call; figures are up to 10 s old. `vm` means virtual machines and containers. */
  async resources(type?: "vm" | "node" | "storage", options?: CallOptions): Promise<Resource[]> {
    return (
      await send({ method: "GET", path: "/cluster/resources", params: { type }, answer: z.array(Resource) }, options)
    ).data;
  },
});
