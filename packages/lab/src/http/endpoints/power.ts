// /nodes/{node}/lxc/{vmid}/status/{start,stop,shutdown,reboot}.

import { reboot, shutdown, start, stop } from "../../guests/power";
import { node, vmid } from "../../schema/lxc";
import { flag, integer, type Schema } from "../../schema/verify";
import type { Task } from "../../tasks/tasks";
import { invalid } from "../api-error";
import type { Call, Endpoint } from "../endpoint";
import { may } from "./lxc";

const flagRule = { type: "boolean", optional: true } as const;
const timeout = { type: "integer", optional: true, minimum: 0 } as const;
const defaultTimeoutS = 60;

export const powerEndpoints: Endpoint[] = [
  power("start", { debug: flagRule, skiplock: flagRule }, ({ core, actor, params }) =>
    start(core, actor, Number(params["vmid"])),
  ),
  power("stop", { skiplock: flagRule, "overrule-shutdown": flagRule }, ({ core, actor, params }) =>
    stop(core, actor, Number(params["vmid"])),
  ),
  power("shutdown", { timeout, forceStop: flagRule }, ({ core, actor, params }) =>
    shutdown(core, actor, {
      vmid: Number(params["vmid"]),
      timeoutS: integer(params, "timeout") ?? defaultTimeoutS,
      forceStop: flag(params, "forceStop"),
    }),
  ),
  power("reboot", { timeout }, ({ core, actor, params }) =>
    reboot(core, actor, { vmid: Number(params["vmid"]), timeoutS: integer(params, "timeout") ?? defaultTimeoutS }),
  ),
];

function power(verb: string, schema: Schema, begin: (call: Call) => Promise<Task>): Endpoint {
  return {
    method: "POST",
    path: `/nodes/{node}/lxc/{vmid}/status/${verb}`,
    schema: { node, vmid, ...schema },
    allow: may("VM.PowerMgmt"),
    async handle(call) {
      if (call.params["skiplock"] === "1" && !call.actor.root)
        throw invalid({ skiplock: "Only root may use this option." });
      return (await begin(call)).upid;
    },
  };
}
