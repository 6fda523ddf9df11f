// Calls about a node itself: its state, clock, storages, bridges and certificates.
import { z } from "zod";
import { path } from "../encode";
import type { CallOptions, Send } from "../transport";
import type { Upid } from "../upid";
import { Appliance, CertificateInfo, ContentVolume, NetworkInterface, NodeStatus, NodeTime, Storage } from "../wire";
import { readable } from "../wire-names";
import { UpidAnswer } from "../wire-tasks";

export const nodeCalls = (send: Send) => ({
  async nodeStatus(node: string, options?: CallOptions): Promise<NodeStatus> {
    return (await send({ method: "GET", path: path`/nodes/${node}/status`, answer: NodeStatus }, options)).data;
  },

  async nodeTime(node: string, options?: CallOptions): Promise<NodeTime> {
    return (await send({ method: "GET", path: path`/nodes/${node}/time`, answer: NodeTime }, options)).data;
  },

  /** Storages that the token may see; `content` (`rootdir`, `vztmpl`) also leaves out those that are not available now. */
  async storages(
    node: string,
    filter: { content?: string | undefined } = {},
    options?: CallOptions,
  ): Promise<Storage[]> {
    return (
      await send(
        { method: "GET", path: path`/nodes/${node}/storage`, params: filter, answer: readable(Storage) },
        options,
      )
    ).data;
  },

  /** Volumes of one kind, e.g. `vztmpl`. Slow on network storages. */
  async storageContent(
    node: string,
    storage: string,
    ...[content, options]: [content?: string, options?: CallOptions]
  ): Promise<ContentVolume[]> {
    const at = path`/nodes/${node}/storage/${storage}/content`;
    return (await send({ method: "GET", path: at, params: { content }, answer: readable(ContentVolume) }, options))
      .data;
  },

  /** OS images that the node can download: its own index, as old as its last `pveam update`. */
  async appliances(node: string, options?: CallOptions): Promise<Appliance[]> {
    return (await send({ method: "GET", path: path`/nodes/${node}/aplinfo`, answer: z.array(Appliance) }, options))
      .data;
  },

  /**
   * Task `download`, whose id is the file's name; done at once when the file is there already with the right checksum. Needs
   * `Datastore.AllocateTemplate`. An image that is not in the catalogue is kind `invalid`.
   */
  async downloadAppliance(
    node: string,
    params: { storage: string; template: string },
    options?: CallOptions,
  ): Promise<Upid> {
    return (await send({ method: "POST", path: path`/nodes/${node}/aplinfo`, params, answer: UpidAnswer }, options))
      .data;
  },

  /** Interfaces of the node; `any_bridge` is what a container can be plugged into. Bridges without `SDN.Use` are left out silently. */
  async network(node: string, type?: string, options?: CallOptions): Promise<NetworkInterface[]> {
    return (
      await send(
        { method: "GET", path: path`/nodes/${node}/network`, params: { type }, answer: readable(NetworkInterface) },
        options,
      )
    ).data;
  },

  /** Certificate files; `pveproxy-ssl.pem` is the one shown when it is there, else `pve-ssl.pem`. */
  async certificates(node: string, options?: CallOptions): Promise<CertificateInfo[]> {
    return (
      await send(
        { method: "GET", path: path`/nodes/${node}/certificates/info`, answer: z.array(CertificateInfo) },
        options,
      )
    ).data;
  },
});
