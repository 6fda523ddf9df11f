// /version and /access: signing in, and who may do what.

import { hasAny, demandAny, effectivePermissions, permissionsOn } from "../../access/permissions";
import type { Core } from "../../core";
import { ApiError, denied, died } from "../../http/api-error";
import type { Call, Endpoint } from "../endpoint";

const text = { type: "string", optional: true } as const;
const flag = { type: "boolean", optional: true } as const;
const mayReadUsers = ["User.Modify", "Sys.Audit"];

export const accessEndpoints: Endpoint[] = [
  {
    method: "GET",
    path: "/version",
    schema: {},
    handle: ({ core }) => version(core),
  },
  {
    method: "GET",
    path: "/access/permissions",
    schema: { path: text, userid: text },
    handle({ core, actor, params }) {
      const userid = params["userid"] ?? actor.authid;
      const own = userid === actor.authid || userid.startsWith(`${actor.authid}!`);
      if (!own) demandAny({ access: core.access, actor }, "/access", ["Sys.Audit"]);
      if (params["path"] !== undefined && !params["path"].startsWith("/")) throw denied();
      return effectivePermissions(core.access, userid, params["path"]);
    },
  },
  {
    method: "GET",
    path: "/access/domains",
    open: true,
    schema: {},
    handle: () => [
      { realm: "pam", type: "pam", comment: "Linux PAM standard authentication" },
      { realm: "pve", type: "pve", comment: "Proxmox VE authentication server" },
    ],
  },
  { method: "GET", path: "/access/ticket", open: true, schema: {}, handle: () => null },
  {
    method: "POST",
    path: "/access/ticket",
    open: true,
    schema: {
      username: { type: "string", maxLength: 64 },
      password: { type: "string" },
      realm: text,
      otp: text,
      path: text,
      privs: text,
      "tfa-challenge": text,
      "new-format": flag,
    },
    handle: signIn,
  },
  {
    method: "GET",
    path: "/access/users",
    schema: { enabled: flag, full: flag },
    handle({ core, actor, params }) {
      const all = hasAny({ access: core.access, actor }, "/access/groups", mayReadUsers);
      return core.access
        .users()
        .filter(
          ({ userid, enabled }) =>
            (all || userid === actor.user) &&
            (params["enabled"] === undefined || enabled === (params["enabled"] === "1")),
        )
        .map(({ userid, enabled, tokens }) => ({
          userid,
          enable: enabled ? 1 : 0,
          expire: 0,
          "realm-type": userid.split("@")[1],
          ...(params["full"] === "1" ? { groups: "", tokens: tokens.map(tokenRow) } : {}),
        }));
    },
  },
  {
    method: "GET",
    path: "/access/users/{userid}",
    schema: { userid: { type: "string" } },
    handle(call) {
      const { enabled, tokens } = readableUser(call, { own: false });
      return {
        enable: enabled ? 1 : 0,
        expire: 0,
        groups: [],
        tokens: Object.fromEntries(
          tokens.map((token) => [token.name, { privsep: token.privsep ? 1 : 0, expire: token.expire }]),
        ),
      };
    },
  },
  {
    method: "GET",
    path: "/access/users/{userid}/token",
    schema: { userid: { type: "string" } },
    handle: (call) => readableUser(call, { own: true }).tokens.map(tokenRow),
  },
  { method: "GET", path: "/access/groups", schema: {}, handle: () => [] },
  {
    method: "GET",
    path: "/access/roles",
    schema: {},
    handle: ({ core }) =>
      core.access.roles().map(({ role, privileges, special }) => ({
        roleid: role,
        privs: [...privileges].sort().join(","),
        special: special ? 1 : 0,
      })),
  },
  {
    method: "GET",
    path: "/access/roles/{roleid}",
    schema: { roleid: { type: "string" } },
    handle({ core, params }) {
      const found = core.access.roles().find(({ role }) => role === params["roleid"]);
      if (found === undefined) throw died(`role '${params["roleid"]}' does not exist`);
      return Object.fromEntries(found.privileges.map((privilege) => [privilege, 1]));
    },
  },
  {
    method: "GET",
    path: "/access/acl",
    schema: {},
    handle({ core, actor }) {
      const seen = (path: string) => hasAny({ access: core.access, actor }, path, ["Permissions.Modify", "Sys.Audit"]);
      return core.access.acl
        .filter(({ path }) => seen(path))
        .map(({ path, authid, role, propagate }) => ({
          path,
          type: authid.includes("!") ? "token" : "user",
          ugid: authid,
          roleid: role,
          propagate: propagate ? 1 : 0,
        }));
    },
  },
  {
    method: "GET",
    path: "/cluster/sdn/vnets",
    schema: {},
    handle: ({ core, actor }) =>
      core.vnets
        .list()
        .filter(({ vnet, zone }) =>
          hasAny({ access: core.access, actor }, `/sdn/zones/${zone}/${vnet}`, ["SDN.Audit", "SDN.Allocate"]),
        )
        .map((one) => ({ ...one, type: "vnet", digest: "0".repeat(40) })),
  },
];

export function version({ release: { release, version: full, repoid } }: Core) {
  return { release, version: full, repoid };
}

function readableUser({ core, actor, params }: Call, { own }: { own: boolean }) {
  const { userid = "" } = params;
  // Not even for itself: Proxmox asks "userid-group" here (pve-access-control, API2/User.pm), and a token is never its user.
  if (!(own && actor.authid === userid)) demandAny({ access: core.access, actor }, "/access/groups", mayReadUsers);
  const user = core.access.users().find((one) => one.userid === userid);
  if (user === undefined) throw died(`no such user ('${userid}')`);
  return user;
}

function tokenRow({ name, privsep, expire }: { name: string; privsep: boolean; expire: number }) {
  return { tokenid: name, privsep: privsep ? 1 : 0, expire };
}

/** A password, or a ticket that is to be renewed. The lab knows no second factor. */
function signIn({ core, params }: Call) {
  const { username = "", realm, password = "" } = params;
  const userid = realm === undefined || username.includes("@") ? username : `${username}@${realm}`;
  const nowMs = core.clock.now();
  const knows = core.tickets.userOf(password, nowMs) === userid || core.passwords.verifies(userid, password);
  if (!knows || !core.access.isEnabled(userid)) throw new ApiError(401, "authentication failure");
  const { ticket, csrf } = core.tickets.issue(userid, nowMs);
  return { username: userid, ticket, CSRFPreventionToken: csrf, cap: capabilities(core, userid) };
}

/** Which screens a person may see: section → path and beginnings of privileges. */
const sections: Record<string, [path: string, beginnings: readonly string[]]> = {
  vms: ["/vms", ["VM.", "Permissions.Modify"]],
  storage: ["/storage", ["Datastore.", "Permissions.Modify"]],
  access: ["/access", ["User.", "Group.", "Permissions.Modify"]],
  nodes: ["/nodes", ["Sys.", "Permissions.Modify"]],
  sdn: ["/sdn", ["SDN.", "Permissions.Modify"]],
  mapping: ["/mapping", ["Mapping.", "Permissions.Modify"]],
  dc: ["/", ["Sys.Audit", "Sys.Modify", "SDN."]],
};

function capabilities(core: Core, userid: string) {
  return Object.fromEntries(
    Object.entries(sections).map(([section, [path, beginnings]]) => {
      const held = [...permissionsOn(core.access, userid, path).keys()].filter((privilege) =>
        beginnings.some((one) => privilege.startsWith(one)),
      );
      return [section, Object.fromEntries(held.map((privilege) => [privilege, 1]))];
    }),
  );
}
