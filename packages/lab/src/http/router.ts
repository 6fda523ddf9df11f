// Finds the call of a path, checks node, rights and parameters in Proxmox's order (pve-manager, PVE/HTTPServer.pm).

import type { Actor } from "../access/actor";
import type { Core } from "../core";
import type { Broadcast } from "../guests/broadcast";
import { missing } from "../guests/guests";
import { plainText, verify, type Given } from "../schema/verify";
import { ApiError, died, invalid } from "./api-error";
import type { Endpoint } from "./endpoint";
import type { Upload } from "./multipart";
import { percentDecoded } from "./percent";

export interface Router {
  /** Whether anybody may make the call. */
  isOpen(method: string, path: string): boolean;
  dispatch(request: {
    method: string;
    path: string;
    given: Given;
    actor: Actor;
    upload?: Upload | undefined;
  }): Promise<unknown>;
}

export function createRouter(core: Core, broadcast: Broadcast, endpoints: readonly Endpoint[]): Router {
  const routes = endpoints.map((endpoint) => ({ endpoint, parts: endpoint.path.split("/") }));
  const find = (method: string, parts: readonly string[]) =>
    routes.find((route) => route.endpoint.method === method && matches(route.parts, parts));
  return {
    isOpen: (method, path) => find(method, percentDecoded(path).split("/"))?.endpoint.open === true,
    async dispatch({ method, path, given, actor, upload }) {
      const parts = percentDecoded(path).split("/");
      const found = find(method, parts);
      if (found === undefined) throw new ApiError(501, `Method '${method} ${path}' not implemented`);
      const fromPath = parameters(found.parts, parts);
      for (const [name, value] of Object.entries(fromPath)) {
        if ((given[name] ?? undefined) !== undefined && plainText(given[name]) !== value) {
          throw invalid({ [name]: "duplicate parameter (already defined in URI) with conflicting values!" });
        }
      }
      found.endpoint.allow?.({ core, broadcast, actor }, fromPath);
      const node = fromPath["node"];
      const { elsewhere } = core.faults;
      const home = fromPath["vmid"] === undefined ? undefined : elsewhere.get(Number(fromPath["vmid"]));
      // Every node of a cluster passes calls on to the others; a guest is on one of them.
      if (home !== undefined && node !== home) throw died(missing(node ?? core.facts.name, Number(fromPath["vmid"])));
      if (
        node !== undefined &&
        node !== core.facts.name &&
        node !== "localhost" &&
        ![...elsewhere.values()].includes(node)
      ) {
        throw died(
          `hostname lookup '${node}' failed - failed to get address info for: ${node}: Name or service not known`,
        );
      }
      const params = verify({ ...given, ...fromPath }, found.endpoint.schema);
      return found.endpoint.handle({ core, broadcast, actor, params, ...(upload === undefined ? {} : { upload }) });
    },
  };
}

function matches(pattern: readonly string[], parts: readonly string[]): boolean {
  const rest = takesRest(pattern);
  if (rest ? parts.length < pattern.length : parts.length !== pattern.length) return false;
  return pattern.every((part, i) => part.startsWith("{") || part === parts[i]);
}

/** A last part `{+name}` takes slashes too: the volume in `content/local:vztmpl/x.tar.zst`. */
const takesRest = (pattern: readonly string[]): boolean => pattern.at(-1)?.startsWith("{+") === true;

function parameters(pattern: readonly string[], parts: readonly string[]): Record<string, string> {
  const whole = takesRest(pattern)
    ? [...parts.slice(0, pattern.length - 1), parts.slice(pattern.length - 1).join("/")]
    : parts;
  return Object.fromEntries(
    pattern.flatMap((part, i) => (part.startsWith("{") ? [[part.replace(/[{}+]/g, ""), whole[i] ?? ""]] : [])),
  );
}
