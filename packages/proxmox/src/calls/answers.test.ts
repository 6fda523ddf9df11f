// Answers that Proxmox VE 9.2, 8.4 and older were seen to give, read through the client.
import { afterAll, beforeAll, expect, test } from "vitest";
import { connectProxmox, type Proxmox } from "../connect-proxmox";
import { startTestNode, type TestNode } from "../test-node";

const upid = "UPID:pve:00000DEF:0004D52D:6B00E018:vzcreate:130:root@pam!test:";
let node: TestNode;
let proxmox: Proxmox;

beforeAll(async () => {
  node = await startTestNode();
  proxmox = connectProxmox({
    host: "127.0.0.1",
    port: node.port,
    tokenId: "root@pam!test",
    tokenSecret: "1-2",
    fingerprint: node.fingerprint,
  });
});
afterAll(async () => {
  await proxmox.close();
  await node.close();
});
const answer = (body: string): void => node.answer((response) => response.end(body));
const lastUrl = (): string => node.requests.at(-1)?.url ?? "";

test("the next id is a number, though Proxmox writes a text", async () => {
  answer(`{"data":"100"}`);
  expect(await proxmox.nextId()).toBe(100);
  expect(lastUrl()).toBe("/api2/json/cluster/nextid");
});

test("numbers written as texts, nulls and empty texts of old releases are understood", async () => {
  answer(
    `{"data":{"vmid":"506","status":"running","disk":"28400","lock":"","template":"","cpus":"0.5","cpu":0.1,"pid":1552,"ha":{"managed":0},"pressurecpufull":null,"name":"101"}}`,
  );
  expect(await proxmox.lxcStatus("pve", 506)).toMatchObject({
    vmid: 506,
    status: "running",
    disk: 28400,
    lock: undefined,
    template: false,
    cpus: 0.5,
    name: "101",
    ha: { managed: false },
  });
});

test("a configuration keeps the options that are not named", async () => {
  answer(
    `{"data":{"digest":"d1","net0":"name=eth0,ip=dhcp","unprivileged":1,"cores":1,"cpulimit":"0.5","memory":512,"swap":0,"description":"some text\\n","lxc":[["lxc.a","b"]]}}`,
  );
  expect(await proxmox.lxcConfig("pve", 101)).toMatchObject({
    net0: "name=eth0,ip=dhcp",
    unprivileged: true,
    cpulimit: 0.5,
    swap: 0,
    description: "some text\n",
  });
  answer(`{"data":{"digest":"a7","lock":"create"}}`);
  expect(await proxmox.lxcConfig("pve", 101)).toEqual({ digest: "a7", lock: "create" });
});

test.each([
  "{}",
  `{"hostname":"ct101","description":"some text"}`,
  `{"digest":"","lock":"create"}`,
  `{"digest":null}`,
  "null",
  "[]",
  `"ok"`,
])("what has no digest is no configuration: %s", async (data) => {
  answer(`{"data":${data}}`);
  await expect(proxmox.lxcConfig("pve", 101)).rejects.toMatchObject({ kind: "malformed" });
});

test("a stopped guest has no interfaces; a running one has lengths as numbers", async () => {
  answer(`{"data":null}`);
  expect(await proxmox.lxcInterfaces("pve", 101)).toBeNull();
  answer(
    `{"data":[{"name":"lo","hwaddr":"00:00:00:00:00:00","hardware-address":"00:00:00:00:00:00","inet":"127.0.0.1/8","ip-addresses":[{"ip-address-type":"inet","ip-address":"127.0.0.1","prefix":"8"}]}]}`,
  );
  expect((await proxmox.lxcInterfaces("pve", 101))?.[0]?.["ip-addresses"]).toEqual([
    { "ip-address": "127.0.0.1", prefix: 8, "ip-address-type": "inet" },
  ]);
});

test("resources of a new guest, a node and a storage fit one shape", async () => {
  answer(`{"data":[{"id":"lxc/101","type":"lxc","vmid":101,"node":"pve","status":"unknown","maxcpu":1,"template":0,"cpu":0},
    {"id":"node/pve","type":"node","node":"pve","status":"online","cgroup-mode":1,"level":""},
    {"id":"storage/pve/local","type":"storage","storage":"local","node":"pve","shared":0,"plugintype":"dir","content":"iso,vztmpl","status":"available"}]}`);
  expect((await proxmox.resources()).map(({ type, status }) => [type, status])).toEqual([
    ["lxc", "unknown"],
    ["node", "online"],
    ["storage", "available"],
  ]);
});

test("a field of one guest that cannot be read takes neither the guest nor the others with it", async () => {
  answer(
    `{"data":[{"id":"lxc/101","type":"lxc","vmid":101,"node":"pve","status":"running","cpu":"NaN","maxmem":{},"tags":["a"]},{"id":"lxc/102","type":"lxc","vmid":102,"name":"fine"},{"type":"lxc","vmid":103}]}`,
  );
  expect(await proxmox.resources()).toMatchObject([
    { vmid: 101, status: "running", cpu: undefined, maxmem: undefined, tags: undefined },
    { vmid: 102, name: "fine" },
    { vmid: 103, id: "" },
  ]);
});

test("a stand-alone node has no quorum to tell of, and an empty token no permissions", async () => {
  answer(
    `{"data":[{"nodeid":0,"ip":"192.0.2.2","name":"pve","local":1,"level":"","type":"node","online":1,"id":"node/pve"}]}`,
  );
  expect((await proxmox.clusterStatus())[0]).toMatchObject({ type: "node", online: true });
  answer(`{"data":{}}`);
  expect(await proxmox.permissions()).toEqual({});
  answer(`{"data":{"/vms":{"VM.Audit":1,"VM.Allocate":0}}}`);
  expect(await proxmox.permissions()).toEqual({ "/vms": { "VM.Audit": 1, "VM.Allocate": 0 } });
});

test("the state of a node, with load as texts", async () => {
  answer(
    `{"data":{"kversion":"Linux 6.18","cpuinfo":{"mhz":"2596.098","hvm":"","cpus":2,"model":"AMD EPYC"},"loadavg":["0.10","0.20","0.30"],"memory":{"total":1,"used":1,"free":0},"uptime":3143,"cpu":0.2}}`,
  );
  expect(await proxmox.nodeStatus("pve")).toMatchObject({
    loadavg: [0.1, 0.2, 0.3],
    cpuinfo: { mhz: 2596.098, cpus: 2 },
  });
  answer(`{"data":{"timezone":"UTC","time":1795219461,"localtime":1795219461}}`);
  expect((await proxmox.nodeTime("pve")).time).toBe(1795219461);
});

test("storages, volumes, bridges and certificates are read", async () => {
  answer(
    `{"data":[{"enabled":1,"total":32212254720,"avail":31657558016,"active":1,"storage":"local-btrfs","content":"rootdir,images","used_fraction":0.0001,"used":6062080,"type":"btrfs","shared":0}]}`,
  );
  expect((await proxmox.storages("pve", { content: "rootdir" }))[0]).toMatchObject({
    storage: "local-btrfs",
    active: true,
    shared: false,
  });
  expect(lastUrl()).toBe("/api2/json/nodes/pve/storage?content=rootdir");
  answer(
    `{"data":[{"parent":null,"volid":"local:101/vm-101-disk-0.raw","vmid":101,"content":"rootdir","size":"4294967296","format":"raw"}]}`,
  );
  expect((await proxmox.storageContent("pve", "local"))[0]).toMatchObject({ vmid: 101, size: 4294967296 });
  answer(
    `{"data":[{"families":["inet"],"active":1,"cidr":"10.78.0.1/24","autostart":1,"type":"bridge","iface":"vmbr0","bridge_fd":"0","bridge_ports":"","netmask":"24"}]}`,
  );
  expect((await proxmox.network("pve", "any_bridge"))[0]).toMatchObject({ iface: "vmbr0", active: true });
  answer(`{"data":[{"filename":"pve-ssl.pem","fingerprint":"AA","san":["pve"],"notbefore":1}]}`);
  expect((await proxmox.certificates("pve"))[0]).toMatchObject({ filename: "pve-ssl.pem" });
});

test("a task is asked of the node in its UPID", async () => {
  answer(
    `{"data":{"pstart":316717,"status":"stopped","exitstatus":"WARNINGS: 1","user":"root@pam","node":"pve","starttime":1795219480,"pid":3567,"id":"130","tokenid":"test","upid":"${upid}","type":"vzcreate"}}`,
  );
  expect(await proxmox.taskStatus(upid)).toMatchObject({ status: "stopped", exitstatus: "WARNINGS: 1" });
  expect(lastUrl()).toBe(`/api2/json/nodes/pve/tasks/${encodeURIComponent(upid)}/status`);
});

test("a log tells its total, and Proxmox's stand-in for an empty one is not a line", async () => {
  answer(`{"data":[{"t":"Filesystem UUID","n":3},{"t":"TASK OK","n":4}],"total":15}`);
  expect(await proxmox.taskLog(upid, { start: 2, limit: 2 })).toEqual({
    lines: [
      { n: 3, t: "Filesystem UUID" },
      { n: 4, t: "TASK OK" },
    ],
    total: 15,
  });
  expect(lastUrl()).toMatch(/\/log\?start=2&limit=2$/);
  answer(`{"data":[{"t":"no content","n":1}],"total":1}`);
  expect(await proxmox.taskLog(upid)).toEqual({ lines: [], total: 0 });
  answer(`{"data":[{"t":"unable to open file - No such file or directory","n":1}],"total":0}`);
  await expect(proxmox.taskLog(upid)).rejects.toMatchObject({ kind: "missing" });
});

test("running and finished tasks are listed, and a task can be stopped", async () => {
  answer(
    `{"data":[{"upid":"${upid}","node":"pve","type":"vzcreate","id":"130","user":"root@pam","tokenid":"test","starttime":1795219480,"status":"RUNNING","pid":1,"pstart":2}],"total":1}`,
  );
  expect(await proxmox.tasks("pve", { source: "all", vmid: 130, typefilter: "vzcreate", since: 5 })).toMatchObject([
    { upid, status: "RUNNING" },
  ]);
  expect(lastUrl()).toBe("/api2/json/nodes/pve/tasks?source=all&vmid=130&typefilter=vzcreate&since=5");
  answer(`{"data":null}`);
  await proxmox.stopTask(upid);
  expect(node.requests.at(-1)).toMatchObject({ method: "DELETE", body: "" });
});

test("power calls and changes ask for what they say", async () => {
  answer(`{"data":"${upid}"}`);
  await proxmox.startLxc("pve", 130);
  await proxmox.stopLxc("pve", 130, { overruleShutdown: true });
  await proxmox.shutdownLxc("pve", 130, { timeoutS: 30, forceStop: true });
  await proxmox.rebootLxc("pve", 130, { timeoutS: 9 });
  await proxmox.resizeLxc("pve", 130, { disk: "rootfs", size: "+1G" });
  answer(`{"data":null}`);
  await proxmox.setLxcConfig("pve", 130, { memory: 768, delete: "description" });
  expect(
    node.requests
      .slice(-6)
      .map(({ method, url, body }) => `${method} ${url.replace("/api2/json/nodes/pve/lxc/130", "")} ${body}`),
  ).toEqual([
    "POST /status/start ",
    "POST /status/stop overrule-shutdown=1",
    "POST /status/shutdown timeout=30&forceStop=1",
    "POST /status/reboot timeout=9",
    "PUT /resize disk=rootfs&size=%2B1G",
    "PUT /config memory=768&delete=description",
  ]);
});

test("an answer that should be a UPID and is none is kind malformed", async () => {
  answer(`{"data":null}`);
  await expect(proxmox.startLxc("pve", 130)).rejects.toMatchObject({ kind: "malformed" });
});

test("the catalogue of OS images is read as the node keeps it, and a download answers with its task", async () => {
  answer(
    `{"data":[{"template":"centos-9-stream-default_20240828_amd64.tar.xz","section":"system","location":"http://download.proxmox.com/images/system/centos-9-stream-default_20240828_amd64.tar.xz","headline":"LXC default image for centos 9-stream (20240828)","source":"http://download.proxmox.com/images","architecture":"amd64","version":"20240828","description":"","package":"centos-9-stream-default","type":"lxc","os":"centos"}]}`,
  );
  expect(await proxmox.appliances("pve")).toMatchObject([
    {
      template: "centos-9-stream-default_20240828_amd64.tar.xz",
      section: "system",
      type: "lxc",
      os: "centos",
      version: "20240828",
    },
  ]);
  expect(lastUrl()).toBe("/api2/json/nodes/pve/aplinfo");
  const download =
    "UPID:pve:000016FD:000559E7:6B00E16C:download:debian-13-standard_13.6-1_amd64.tar.zst:root@pam!test:";
  answer(`{"data":"${download}"}`);
  expect(
    await proxmox.downloadAppliance("pve", { storage: "local", template: "debian-13-standard_13.6-1_amd64.tar.zst" }),
  ).toBe(download);
});

test.each([
  ["evil.example/login?x=", []],
  ["10.0.0.5@evil.example", []],
  ["fe80::1%eth0", []],
  ["10.0.0.5", ["10.0.0.5"]],
  ["fd00::5", ["fd00::5"]],
])("an address of an interface is an IP address or is none: %s", async (reported, known) => {
  answer(
    JSON.stringify({
      data: [
        {
          name: "eth0",
          hwaddr: "AA:BB:CC:DD:EE:FF",
          inet: reported,
          inet6: `${reported}/64`,
          "ip-addresses": [{ "ip-address": reported, "ip-address-type": "inet", prefix: 24 }],
        },
      ],
    }),
  );
  const [read] = (await proxmox.lxcInterfaces("pve", 101)) ?? [];
  expect(read?.["ip-addresses"]?.map((one) => one["ip-address"])).toEqual(known);
  expect([read?.inet, read?.inet6]).toEqual(known.length === 0 ? [undefined, undefined] : [reported, `${reported}/64`]);
});

test("what is offered under a name that is none is left out, and the rest is there", async () => {
  answer(
    JSON.stringify({
      data: [
        { storage: "local", type: "dir" },
        { storage: "x; reboot", type: "dir" },
        { storage: "local-lvm", type: "lvmthin" },
      ],
    }),
  );
  expect((await proxmox.storages("pve")).map(({ storage }) => storage)).toEqual(["local", "local-lvm"]);
  answer(
    JSON.stringify({
      data: [{ iface: "vmbr0", cidr: "192.0.2.1/24" }, { iface: "$(id)" }, { iface: "vnet1", cidr: "evil.example" }],
    }),
  );
  expect((await proxmox.network("pve")).map(({ iface, cidr }) => [iface, cidr])).toEqual([
    ["vmbr0", "192.0.2.1/24"],
    ["vnet1", undefined],
  ]);
  answer(
    JSON.stringify({
      data: [{ volid: "local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst" }, { volid: "local:vztmpl/a'$(id)'" }],
    }),
  );
  expect((await proxmox.storageContent("pve", "local")).map(({ volid }) => volid)).toEqual([
    "local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst",
  ]);
});

test("a node or a version that is none is not the answer of a Proxmox node", async () => {
  answer(`{"data":[{"node":"pve/../../x","status":"online"}]}`);
  await expect(proxmox.nodes()).rejects.toMatchObject({ kind: "malformed" });
  answer(`{"data":{"version":"9.2; reboot","release":"9.2"}}`);
  await expect(proxmox.version()).rejects.toMatchObject({ kind: "malformed" });
});
