// /version and /access.

import { demandAny, effectivePermissions } from "../../access/permissions";
import { denied } from "../../http/api-error";
import type { Endpoint } from "../endpoint";

export const accessEndpoints: Endpoint[] = [
  {
    method: "GET",
    path: "/version",
    schema: {},
    handle: ({ core }) => {
      const { release, version, repoid } = core.release;
      return { release, version, repoid };
    },
  },
  {
    method: "GET",
    path: "/access/permissions",
    schema: { path: { type: "string", optional: true }, userid: { type: "string", optional: true } },
    handle({ core, actor, params }) {
      const userid = params["userid"] ?? actor.authid;
      const own = userid === actor.authid || userid.startsWith(`${actor.authid}!`);
      if (!own) demandAny({ access: core.access, actor }, "/access", ["Sys.Audit"]);
      if (params["path"] !== undefined && !params["path"].startsWith("/")) throw denied();
      return effectivePermissions(core.access, userid, params["path"]);
    },
  },
];
