// Pools, and the small reads that other clients begin with.

import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestLab, raw, type TestLab } from "../test-lab";

let node: TestLab;
beforeAll(async () => {
  node = await openTestLab();
  await node.create(100);
});
afterAll(async () => node.close());

async function ask(call: string, params: Record<string, string> = {}, headers?: Record<string, string>) {
  const [method = "", path = ""] = call.split(" ");
  const text = new URLSearchParams(params).toString();
  const inQuery = method === "GET" || method === "DELETE";
  const { status, reason, body } = await raw(node.lab, {
    method,
    path: `/api2/json${path}${inQuery && text !== "" ? `?${text}` : ""}`,
    ...(inQuery ? {} : { body: text }),
    ...(headers === undefined ? {} : { headers, token: false }),
  });
  return status === 200 ? (JSON.parse(body) as { data: unknown }).data : `${status} ${reason}`;
}

test("a pool is made, gets members, and is removed when it is empty", async () => {
  expect(await ask("POST /pools", { poolid: "web", comment: "mine" })).toBeNull();
  expect(await ask("POST /pools", { poolid: "web" })).toBe("500 create pool failed: pool 'web' already exists");
  expect(await ask("PUT /pools/web", { vms: "100", storage: "local-lvm" })).toBeNull();
  expect(await ask("PUT /pools", { poolid: "web", vms: "100" })).toBe(
    "500 update pools failed: VM 100 is already a pool member",
  );
  expect(await ask("GET /pools/web")).toMatchObject({
    comment: "mine",
    members: [{ id: "lxc/100", vmid: 100, status: "stopped" }, { id: "storage/pve/local-lvm" }],
  });
  expect(await ask("GET /pools", { poolid: "web", type: "storage" })).toMatchObject([
    { poolid: "web", members: [{ storage: "local-lvm" }] },
  ]);
  expect((await node.proxmox.resources("vm"))[0]).toMatchObject({ pool: "web" });
  expect(await ask("DELETE /pools", { poolid: "web" })).toBe("500 delete pool failed: pool 'web' is not empty");
  expect(await ask("PUT /pools/web", { vms: "100", storage: "local-lvm", delete: "1" })).toBeNull();
  expect(await ask("PUT /pools/web", { vms: "100", delete: "1" })).toBe(
    "500 update pools failed: VM 100 is not a pool member",
  );
  expect(await ask("DELETE /pools", { poolid: "web" })).toBeNull();
  expect(await ask("GET /pools")).toEqual([]);
});

test("who has rights on a pool alone may create into it, see its guests, and nothing else", async () => {
  await ask("POST /pools", { poolid: "team" });
  await node.lab.users.addUser({ userid: "t@pve" });
  const secret = await node.lab.users.addToken({ tokenId: "t@pve!app", privsep: false });
  await node.lab.users.addRole({
    role: "Team",
    privileges: ["VM.Allocate", "VM.Audit", "VM.Config.Disk", "VM.Config.Options", "VM.Config.Network", "Pool.Audit"],
  });
  await node.lab.users.setAcl({ path: "/pool/team", authid: "t@pve", role: "Team" });
  await node.lab.users.setAcl({ path: "/storage", authid: "t@pve", role: "PVEDatastoreUser" });
  const who = { Authorization: `PVEAPIToken=t@pve!app=${secret}` };
  const params = {
    vmid: "130",
    ostemplate: "local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst",
    rootfs: "local-lvm:1",
    features: "nesting=1",
  };
  expect(await ask("POST /nodes/pve/lxc", params, who)).toBe("403 Permission check failed");
  expect(await ask("POST /nodes/pve/lxc", { ...params, pool: "nope" }, who)).toMatch(
    /^403 .*pool 'nope' does not exist/,
  );
  const upid = await ask("POST /nodes/pve/lxc", { ...params, pool: "team" }, who);
  expect((await node.ended(String(upid))).exitstatus).toBe("OK");
  expect(await ask("GET /nodes/pve/lxc", {}, who)).toMatchObject([{ vmid: 130 }]);
  expect(await ask("GET /nodes/pve/lxc/100/config", {}, who)).toMatch(/^403/);
  await node.ended(await node.proxmox.destroyLxc("pve", 130));
  expect(await ask("GET /pools/team")).toEqual({ members: [] });
});

test.each([
  ["/nodes/pve/qemu", []],
  ["/nodes/pve/replication", []],
  ["/cluster/ha/resources", []],
  ["/cluster/backup", []],
  ["/cluster/log", []],
  ["/access/groups", []],
  ["/nodes/pve/version", { version: "9.2.11" }],
  ["/nodes/pve/dns", { dns1: "10.77.0.1" }],
  ["/nodes/pve/subscription", { status: "notfound" }],
  ["/cluster/options", { mac_prefix: "BC:24:11" }],
  [
    "/storage",
    [
      { storage: "local", type: "dir" },
      { storage: "local-lvm", type: "lvmthin" },
    ],
  ],
  ["/storage/local", { path: "/var/lib/vz" }],
  ["/", [{ subdir: "access" }]],
  ["/nodes/pve", [{ name: "aplinfo" }]],
])("GET %s", async (path, expected) => {
  const found = await ask(`GET ${path}`);
  if (Array.isArray(expected) && expected.length === 0) expect(found).toEqual([]);
  else if (Array.isArray(expected))
    expect(found).toEqual(expect.arrayContaining(expected.map((one) => expect.objectContaining(one) as unknown)));
  else expect(found).toMatchObject(expected);
});

test("every name of an index is a path the lab knows, and every path it knows is in its index", async () => {
  const { endpoints } = await import("./endpoints");
  const indexed = endpoints.filter(
    ({ method, path }) =>
      method === "GET" && ["", "/access", "/cluster", "/nodes/{node}", "/nodes/{node}/lxc/{vmid}"].includes(path),
  );
  for (const { path } of indexed) {
    const rows = (await ask(`GET ${path.replace("{node}", "pve").replace("{vmid}", "100") || "/"}`)) as {
      subdir?: string;
      name?: string;
    }[];
    const known = endpoints
      .filter((one) => one.path.startsWith(`${path}/`))
      .map((one) => one.path.slice(path.length + 1).split("/")[0]);
    expect(rows.map((row) => row.subdir ?? row.name).sort()).toEqual(
      [...new Set(known)].filter((name) => !name?.startsWith("{")).sort(),
    );
  }
});

test("figures over time are gaps with their times", async () => {
  const rows = (await ask("GET /nodes/pve/lxc/100/rrddata", { timeframe: "hour" })) as { time: number }[];
  expect(rows).toHaveLength(70);
  expect((rows[1]?.time ?? 0) - (rows[0]?.time ?? 0)).toBe(60);
  expect(await ask("GET /nodes/pve/lxc/100/rrddata")).toMatch(/^400/);
  expect(await ask("GET /cluster/ha/resources/ct:100")).toBe("500 no such resource 'ct:100'");
});

test("a memory guest can show an address that no client takes for loopback", async () => {
  const other = await openTestLab({ guestAddresses: "routable" });
  await other.create(100);
  await other.start(100);
  const eth0 = (await other.proxmox.lxcInterfaces("pve", 100))?.find((iface) => iface.name === "eth0");
  await other.close();
  expect(eth0?.inet).toMatch(/^198\.18\.\d+\.\d+\/15$/);
});
