// Calls that any node answers for all of them.
import { z } from "zod";
import type { CallOptions, Send } from "../transport";
import { ClusterEntry, Node, Permissions, Resource, Version } from "../wire";
import { numeric } from "../wire-scalars";

export const clusterCalls = (send: Send) => ({
  async version(options?: CallOptions): Promise<Version> {
    return (await send({ method: "GET", path: "/version", answer: Version }, options)).data;
  },

  /** What this token may do, privileges by path. The right question to ask before anything else. */
  async permissions(options?: CallOptions): Promise<Permissions> {
    return (await send({ method: "GET", path: "/access/permissions", answer: Permissions }, options)).data;
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
    return (await send({ method: "GET", path: "/cluster/resources", params: { type }, answer: z.array(Resource) }, options)).data;
  },
});
