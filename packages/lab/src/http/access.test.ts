// Signing in with a password, and what one may read of users, roles and rights.

import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestLab, raw, type TestLab } from "../test-lab";

let node: TestLab;
beforeAll(async () => {
  node = await openTestLab({ authDelayMs: 0 });
  await node.create(100);
  await node.lab.users.addUser({ userid: "a@pve" });
  await node.lab.users.setPassword({ userid: "a@pve", password: "open sesame" });
});
afterAll(async () => node.close());

const api = "/api2/json";
interface Ticket {
  username: string;
  ticket: string;
  CSRFPreventionToken: string;
  cap: Record<string, Record<string, number>>;
}
const post = (params: Record<string, string>) =>
  raw(node.lab, {
    method: "POST",
    path: `${api}/access/ticket`,
    body: new URLSearchParams(params).toString(),
    token: false,
  });
async function signIn(username = "root@pam", password = node.lab.ssh.password): Promise<Ticket> {
  return (JSON.parse((await post({ username, password })).body) as { data: Ticket }).data;
}
const as = ({ ticket, CSRFPreventionToken }: Ticket, csrf = true) => ({
  token: false,
  headers: { Cookie: `PVEAuthCookie=${encodeURIComponent(ticket)}`, ...(csrf ? { CSRFPreventionToken } : {}) },
});
const get = async (path: string, more: Partial<Parameters<typeof raw>[1]> = {}) => {
  const { status, reason, body } = await raw(node.lab, { path: `${api}${path}`, ...more });
  return status === 200 ? (JSON.parse(body) as { data: unknown }).data : `${status} ${reason}`;
};

test("a password gives a ticket, its cookie reads, and the CSRF token writes", async () => {
  const session = await signIn();
  expect(session).toMatchObject({ username: "root@pam", cap: { vms: { "VM.Allocate": 1 }, dc: { "Sys.Audit": 1 } } });
  expect(await get("/version", as(session))).toMatchObject({ release: "9.2" });
  const write = { method: "PUT", path: `${api}/nodes/pve/lxc/100/config`, body: "memory=300" };
  const refused = await raw(node.lab, { ...write, ...as(session, false) });
  expect([refused.status, refused.reason, refused.body]).toEqual([401, "Permission denied - invalid csrf token", ""]);
  expect((await raw(node.lab, { ...write, ...as(session) })).status).toBe(200);
});

test("a ticket is root@pam itself: what no token may", async () => {
  const answer = await raw(node.lab, {
    method: "PUT",
    path: `${api}/nodes/pve/lxc/100/config`,
    body: `features=${encodeURIComponent("nesting=1,keyctl=1")}`,
    ...as(await signIn()),
  });
  expect(answer.status).toBe(200);
});

test("a ticket is renewed by itself", async () => {
  const { ticket } = await signIn();
  expect((await signIn("root@pam", ticket)).username).toBe("root@pam");
});

test("a realm may stand beside the name", async () => {
  const { body } = await post({ username: "a", realm: "pve", password: "open sesame" });
  expect(JSON.parse(body)).toMatchObject({ data: { username: "a@pve", cap: { vms: {} } } });
});

test.each([
  ["a wrong password", { username: "root@pam", password: "nope" }],
  ["an unknown realm", { username: "root@foo", password: "nope" }],
  ["another user's ticket", { username: "root@pam", password: "PVE:root@pam:00000000::AAAA" }],
])("%s is a 401 with its text", async (_name, params) => {
  const { status, reason, body } = await post(params);
  expect([status, reason, JSON.parse(body)]).toEqual([
    401,
    "authentication failure",
    { data: null, message: "authentication failure\n" },
  ]);
});

test("a forged or disabled user's ticket is refused, also beside a good token", async () => {
  const session = await signIn("a@pve", "open sesame");
  const forged = { ...session, ticket: session.ticket.replace("a@pve", "root@pam") };
  expect(await get("/version", as(forged))).toBe("401 Authentication failed!");
  expect(await get("/version", { headers: as(forged).headers })).toBe("401 Authentication failed!");
  await node.lab.users.setUserEnabled({ userid: "a@pve", enabled: false });
  expect(await get("/version", as(session))).toBe("401 Authentication failed!");
  expect((await post({ username: "a@pve", password: "open sesame" })).status).toBe(401);
  await node.lab.users.setUserEnabled({ userid: "a@pve", enabled: true });
});

test("realms are shown to anybody, users to those who may", async () => {
  expect(await get("/access/domains", { token: false })).toMatchObject([{ realm: "pam" }, { realm: "pve" }]);
  expect(await get("/access/users")).toMatchObject([
    { userid: "root@pam", enable: 1, "realm-type": "pam" },
    { userid: "a@pve" },
  ]);
  const session = await signIn("a@pve", "open sesame");
  expect(await get("/access/users", as(session))).toMatchObject([{ userid: "a@pve" }]);
  expect(await get("/access/users/root@pam", as(session))).toMatch(/^403 /);
  expect(await get("/access/users/root@pam/token")).toMatchObject([{ tokenid: "homeport", privsep: 0, expire: 0 }]);
  expect(await get("/access/users/nobody@pve")).toBe("500 no such user ('nobody@pve')");
});

test("roles and rights can be read", async () => {
  await node.lab.users.setAcl({ path: "/vms", authid: "a@pve", role: "PVEVMUser" });
  expect(await get("/access/acl")).toEqual([
    { path: "/vms", type: "user", ugid: "a@pve", roleid: "PVEVMUser", propagate: 1 },
  ]);
  expect(await get("/access/roles")).toContainEqual(
    expect.objectContaining({ roleid: "NoAccess", privs: "", special: 1 }),
  );
  expect(await get("/access/roles/PVEDatastoreUser")).toEqual({ "Datastore.AllocateSpace": 1, "Datastore.Audit": 1 });
  expect(await get("/access/roles/constructor")).toBe("500 role 'constructor' does not exist");
});
