// Calls about containers. What takes longer than a moment answers with the UPID of a task.
import { z } from "zod";
import { type Params, path } from "../encode";
import type { CallOptions, Send } from "../transport";
import type { Upid } from "../upid";
import { LxcConfig, LxcEntry, LxcInterface, LxcStatus, Nothing } from "../wire";
import { UpidAnswer } from "../wire-tasks";
import type { CreateLxcParams, LxcConfigParams } from "./lxc-params";

export interface LxcShutdownParams {
  /** Seconds to wait for the guest; Proxmox waits 60 by default. */
  timeoutS?: number | undefined;
  /** Kill it when the time is over; otherwise the task fails. */
  forceStop?: boolean | undefined;
}
export interface LxcDestroyParams {
  /** Also remove it from backup jobs, HA and pools. */
  purge?: boolean | undefined;
  /** Also free volumes of this VMID that the configuration does not name. */
  destroyUnreferencedDisks?: boolean | undefined;
  /** Stop it first when it runs. Does not override a config lock. */
  force?: boolean | undefined;
}
/** `size` as `10G` or `+2G`; it cannot shrink. */
export interface LxcResizeParams {
  disk: string;
  size: string;
}

/** Guests have an address of two parts; what follows it is one list, so that every call can end with `{ signal }`. */
type With<P> = [params: P, options?: CallOptions];

export const lxcCalls = (send: Send) => {
  const at = (node: string, vmid: number, rest: string): string => path`/nodes/${node}/lxc/${vmid}` + rest;
  const power = async (path: string, params: Params, options?: CallOptions): Promise<Upid> =>
    (await send({ method: "POST", path, params, answer: UpidAnswer }, options)).data;

  return {
    /** Containers of this node that the token may see. */
    async listLxc(node: string, options?: CallOptions): Promise<LxcEntry[]> {
      return (await send({ method: "GET", path: path`/nodes/${node}/lxc`, answer: z.array(LxcEntry) }, options)).data;
    },

    /** Task `vzcreate`. Kind `exists` when the VMID is taken, on any node of the cluster. */
    async createLxc(node: string, params: CreateLxcParams, options?: CallOptions): Promise<Upid> {
      return power(path`/nodes/${node}/lxc`, params, options);
    },

    /** Kind `missing` when it is not on this node. */
    async lxcStatus(node: string, vmid: number, options?: CallOptions): Promise<LxcStatus> {
      return (await send({ method: "GET", path: at(node, vmid, "/status/current"), answer: LxcStatus }, options)).data;
    },

    /** The configuration with pending changes merged in. While it is being created it holds nothing but `lock` and `digest`. */
    async lxcConfig(node: string, vmid: number, options?: CallOptions): Promise<LxcConfig> {
      return (await send({ method: "GET", path: at(node, vmid, "/config"), answer: LxcConfig }, options)).data;
    },

    /** Done when it returns; on a running container some options only take effect after a restart. */
    async setLxcConfig(node: string, vmid: number, ...[params, options]: With<LxcConfigParams>): Promise<void> {
      await send({ method: "PUT", path: at(node, vmid, "/config"), params, answer: Nothing }, options);
    },

    /** Interfaces as the guest sees them, loopback and link-local included; `null` while it is stopped. */
    async lxcInterfaces(node: string, vmid: number, options?: CallOptions): Promise<LxcInterface[] | null> {
      return (
        await send(
          { method: "GET", path: at(node, vmid, "/interfaces"), answer: z.array(LxcInterface).nullable() },
          options,
        )
      ).data;
    },

    /** Task `vzstart`. An unknown VMID is not refused here: its task fails. */
    async startLxc(node: string, vmid: number, options?: CallOptions): Promise<Upid> {
      return power(at(node, vmid, "/status/start"), {}, options);
    },

    /** Task `vzstop`: kills it. `overruleShutdown` ends a shutdown that is waiting, instead of waiting for it. */
    async stopLxc(
      node: string,
      vmid: number,
      options: CallOptions & { overruleShutdown?: boolean } = {},
    ): Promise<Upid> {
      const params = { "overrule-shutdown": options.overruleShutdown };
      return power(at(node, vmid, "/status/stop"), params, options);
    },

    /** Task `vzshutdown`: asks it to stop. */
    async shutdownLxc(
      node: string,
      vmid: number,
      ...[params = {}, options]: Partial<With<LxcShutdownParams>>
    ): Promise<Upid> {
      return power(
        at(node, vmid, "/status/shutdown"),
        { timeout: params.timeoutS, forceStop: params.forceStop },
        options,
      );
    },

    /** Task `vzreboot`: kills it when `timeoutS` is over; pending changes take effect. */
    async rebootLxc(
      node: string,
      vmid: number,
      ...[params = {}, options]: Partial<With<{ timeoutS?: number | undefined }>>
    ): Promise<Upid> {
      return power(at(node, vmid, "/status/reboot"), { timeout: params.timeoutS }, options);
    },

    /** Task `vzdestroy`. */
    async destroyLxc(
      node: string,
      vmid: number,
      ...[params = {}, options]: Partial<With<LxcDestroyParams>>
    ): Promise<Upid> {
      const { purge, force, destroyUnreferencedDisks } = params;
      const query = { purge, force, "destroy-unreferenced-disks": destroyUnreferencedDisks };
      return (await send({ method: "DELETE", path: at(node, vmid, ""), params: query, answer: UpidAnswer }, options))
        .data;
    },

    /** Task `resize`. */
    async resizeLxc(node: string, vmid: number, ...[params, options]: With<LxcResizeParams>): Promise<Upid> {
      return (
        await send(
          { method: "PUT", path: at(node, vmid, "/resize"), params: { ...params }, answer: UpidAnswer },
          options,
        )
      ).data;
    },
  };
};
