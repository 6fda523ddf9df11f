// Every command that the product shows: a node is put into the state that provokes it, the command is run as it is shown, and
// what provoked it is gone. A command without a proof here fails the last test.
import { join } from "node:path";
import { nodeCommands } from "@homeport/domain/node/node-commands";
import type { NodeReport } from "@homeport/domain/node/node-report";
import { startLab, type Lab } from "@homeport/lab";
import { connectProxmox, type Proxmox } from "@homeport/proxmox";
import { connectSsh, type Ssh } from "@homeport/ssh";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterEach, beforeEach, expect, test } from "vitest";
import { inspect } from "./inspect-node";

let lab: Lab;
let ssh: Ssh;
let directory: string;
const open: Proxmox[] = [];
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "homeport-commands-"));
  lab = await startLab({ backend: "memory", stateDir: directory, scale: 0, resourcesLagMs: 0, authDelayMs: 0 });
  ssh = await connectSsh({
    host: lab.host,
    port: lab.sshPort,
    user: "root",
    password: lab.ssh.password,
    hostKey: lab.hostKey,
  });
});
afterEach(async () => {
  ssh.close();
  await Promise.all(open.splice(0).map((each) => each.close()));
  await lab.close();
  rmSync(directory, { recursive: true, force: true });
});

const proved = new Set<keyof typeof nodeCommands>();
function proves(command: keyof typeof nodeCommands, title: string, check: () => Promise<void>): void {
  proved.add(command);
  test(`${command}: ${title}`, check);
}

const USER = "o'brien@pve";
const TOKEN = `${USER}!app`;

proves("createToken", "makes a token that lacks nothing", async () => {
  const shown = nodeCommands.createToken();
  const printed = await typed(shown.replace("homeport", "another"));
  const { value } = JSON.parse(printed) as { value: string }; // what pveum prints
  expect(problems(await report("root@pam!another", value))).toEqual([]);
});

interface State {
  privsep: boolean;
  /** Before the report is asked for the first time. */
  acl: readonly { path: string; to: "user" | "token"; role: string; propagate?: boolean }[];
  /** Part of the sentence that says who lacks it. */
  who: string;
}

const most = ["/vms PVEVMAdmin", "/nodes PVEAuditor", "/storage PVEDatastoreUser", "/sdn/zones PVESDNUser"].map(
  (line) => line.split(" "),
);
const all = (to: "user" | "token") => most.map(([path = "", role = ""]) => ({ path, role, to }));

const states: Record<string, State> = {
  "a token without privilege separation, of a user without rights": { privsep: false, acl: [], who: "may not ask" },
  "a token with privilege separation, and neither has rights": { privsep: true, acl: [], who: "may not ask" },
  "a token with privilege separation that lacks what its user has": {
    privsep: true,
    acl: all("user"),
    who: "may not ask",
  },
  "a token that has it, of a user who lacks it": { privsep: true, acl: all("token"), who: "may not ask" },
  "the same, of an auditor, who may ask": {
    privsep: true,
    acl: [
      ...all("token"),
      { path: "/access", to: "user", role: "PVEAuditor" },
      { path: "/access", to: "token", role: "PVEAuditor" },
    ],
    who: "no token may do more than its user",
  },
  "a separated token of a user who has it and may ask": {
    privsep: true,
    acl: [
      ...all("user"),
      { path: "/access", to: "user", role: "PVEAuditor" },
      { path: "/access", to: "token", role: "PVEAuditor" },
    ],
    who: "needs it as well",
  },
  "a token without separation that may ask": {
    privsep: false,
    acl: [{ path: "/access", to: "user", role: "PVEAuditor" }],
    who: "may do what its user may",
  },
  "rights on /vms that do not propagate": {
    privsep: false,
    acl: [
      ...all("user").filter(({ path }) => path !== "/vms"),
      { path: "/vms", to: "user", role: "PVEVMAdmin", propagate: false },
    ],
    who: "may not ask",
  },
  "storages that are hidden": {
    privsep: false,
    acl: all("user").filter(({ path }) => path !== "/storage"),
    who: "may not ask",
  },
  "bridges that are hidden": {
    privsep: false,
    acl: all("user").filter(({ path }) => path !== "/sdn/zones"),
    who: "may not ask",
  },
};

for (const [title, { privsep, acl, who }] of Object.entries(states)) {
  proves("grant", title, async () => {
    const secret = await tokenWith(privsep, acl);
    const before = line(await report(TOKEN, secret), "privileges");
    expect(before).toMatchObject({ state: "failed" });
    expect(before.detail).toContain(who);
    await typed(before.fix ?? "");
    expect(problems(await report(TOKEN, secret))).toEqual([]);
    expect(await content()).toEqual({ local: "iso,vztmpl,backup,snippets", "local-lvm": "rootdir,images" });
  });
}

proves("grant", "a privilege-separated token of root lacks it alone, and only it is given the right", async () => {
  const secret = await lab.users.addToken({ tokenId: "root@pam!own", privsep: true });
  const { fix = "", detail } = line(await report("root@pam!own", secret), "privileges");
  expect(detail).toContain("Its user root@pam has this");
  expect(fix).not.toContain("--users");
  await typed(fix);
  expect(problems(await report("root@pam!own", secret))).toEqual([]);
});

proves(
  "grant",
  "a virtual network is asked about in its own zone, and a right on one bridge or one VLAN is enough",
  async () => {
    await lab.users.addVnet({ vnet: "blue", zone: "colours" });
    for (const [path, role] of [
      ["/sdn/zones/colours/blue", "PVESDNUser"],
      ["/sdn/zones/localnetwork/vmbr0/50", "PVESDNUser"],
    ] as const) {
      const secret = await tokenWith(false, [
        ...all("user").filter((one) => one.path !== "/sdn/zones"),
        { path, to: "user", role },
      ]);
      expect(problems(await report(TOKEN, secret))).toEqual([]);
      await typed(`pveum acl delete ${path} --users '${USER.replace("'", "'\\''")}' --roles ${role}`);
    }
    // It is seen, not used: the right is asked for where the network is.
    await lab.users.addRole({ role: "Look", privileges: ["SDN.Audit"] });
    const secret = await tokenWith(false, [
      ...all("user").filter((one) => one.path !== "/sdn/zones"),
      { path: "/sdn/zones/colours", to: "user", role: "Look" },
    ]);
    const { fix = "" } = line(await report(TOKEN, secret), "privileges");
    expect(fix).toContain("/sdn/zones/colours/blue");
    await typed(fix);
    expect(problems(await report(TOKEN, secret))).toEqual([]);
  },
);

proves("setStorageContent", "adds to what a storage holds, once for both kinds, and takes nothing away", async () => {
  await typed("pvesm set local-lvm --content images");
  await typed("pvesm set local --content iso,backup");
  const before = await report();
  expect(line(before, "storage").fix).toContain("rootdir");
  for (const id of ["storage", "templates"]) await typed(line(before, id).fix ?? "");
  expect(problems(await report())).toEqual([]);
  expect((await content())["local"]?.split(",")).toEqual(expect.arrayContaining(["iso", "backup", "vztmpl"]));
  expect((await content())["local-lvm"]).toContain("images");
});

proves("downloadImage", "fetches the image that the built-in templates need", async () => {
  await withoutDebian();
  const before = line(await report(), "os-templates");
  expect(before.state).toBe("warning");
  await typed(before.fix ?? "");
  expect(line(await report(), "os-templates").state).toBe("ok");
});

proves("updateCatalogue", "fills the catalogue that the image is taken from", async () => {
  await withoutDebian();
  await lab.faults.forgetCatalogue();
  const before = line(await report(), "os-templates");
  expect(before).toMatchObject({ state: "failed", fix: nodeCommands.updateCatalogue() });
  await typed(before.fix ?? "");
  expect(line(await report(), "os-templates").state).toBe("warning");
});

proves("unlock", "lifts the lock of a dead create", async () => {
  await lab.faults.createForeignGuest({ vmid: 700 });
  await lab.faults.lockGuest({ vmid: 700, lock: "create" });
  await typed(nodeCommands.unlock(700));
  expect((await client(lab.token.id, lab.token.secret).lxcConfig("pve", 700)).lock).toBeUndefined();
});

proves("tlsFingerprint", "prints what the product shows beside it, also after a renewal", async () => {
  expect(await typed(nodeCommands.tlsFingerprint())).toContain(lab.fingerprint);
  await lab.faults.changeCertificate();
  expect(await typed(nodeCommands.tlsFingerprint())).toContain(lab.fingerprint);
});

proves("sshFingerprints", "prints what the product shows beside it", async () => {
  expect(await typed(nodeCommands.sshFingerprints())).toContain(lab.hostKey);
});

proves("setStorageContent", "is not shown for a storage while others may be hidden", async () => {
  await typed("pvesm set local-lvm --content images");
  const secret = await tokenWith(
    false,
    all("user").map((entry) => (entry.path === "/storage" ? { ...entry, path: "/storage/local" } : entry)),
  );
  expect(line(await report(TOKEN, secret), "storage").fix).toBeUndefined();
  await typed(line(await report(TOKEN, secret), "privileges").fix ?? "");
  await typed(line(await report(TOKEN, secret), "storage").fix ?? "");
  expect(problems(await report(TOKEN, secret))).toEqual([]);
});

test("each command has a proof, and nothing else shows one of its own", () => {
  expect([...proved].sort()).toEqual(Object.keys(nodeCommands).sort());
  const root = join(import.meta.dirname, "../../../../..");
  const sources = ["apps/dashboard", "packages/api", "packages/domain", "temporal/src"].flatMap((part) =>
    readdirSync(join(root, part), { recursive: true, encoding: "utf8" }).map((file) => join(part, file)),
  );
  const shown = sources
    .filter((file) => /\.tsx?$/.test(file) && !/node_modules|\.next|\.test\.|testing\//.test(file))
    .filter((file) =>
      /["'`>:] ?(pveum|pvesm|pveam|apt|apt-get|openssl|ssh-keygen|pct (?=unlock|create|destroy|set|stop)) ?[a-z]/.test(
        readFileSync(join(root, file), "utf8").replace(/^ *(\/\/|\*|\/\*).*$/gm, ""),
      ),
    );
  // The create call of a plan, for reading.
  expect(shown).toEqual(["packages/domain/src/plan/plan-command.ts"]);
  const readme = readFileSync(join(root, "README.md"), "utf8");
  expect(readme.match(/^\s*(pveum|pvesm|pveam|pct) .*$/gm)).toEqual([nodeCommands.createToken()]);
});

/** As a person does: exactly what was shown, in the node's shell. */
async function typed(command: string): Promise<string> {
  expect(command).not.toBe("");
  const { code, stdout, stderr } = await ssh.exec(["bash", "-c", command]);
  expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: "" });
  return stdout.toString("utf8");
}

function client(tokenId: string, tokenSecret: string): Proxmox {
  const proxmox = connectProxmox({
    host: lab.host,
    port: lab.port,
    fingerprint: lab.fingerprint,
    tokenId,
    tokenSecret,
  });
  open.push(proxmox);
  return proxmox;
}

async function report(tokenId = lab.token.id, secret = lab.token.secret): Promise<NodeReport> {
  const [user = "", name = ""] = tokenId.split("!");
  const host = {
    name: "lab",
    pveName: "",
    proxmox: client(tokenId, secret),
    token: { user, tokenId: name },
    hasSsh: true,
    ssh: () => Promise.resolve(ssh),
    guest: () => Promise.reject(new Error("no guest is entered here")),
    kept: () => undefined,
    close: () => Promise.resolve(),
  };
  const inspection = await inspect(host, AbortSignal.timeout(20_000));
  if (!("report" in inspection)) throw new Error("no report");
  return inspection.report;
}

function line({ lines }: NodeReport, id: string) {
  const found = lines.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no line ${id}`);
  return found;
}

const problems = ({ lines }: NodeReport) => lines.filter(({ state }) => state !== "ok");

async function tokenWith(privsep: boolean, acl: State["acl"]): Promise<string> {
  await lab.users.addUser({ userid: USER });
  const secret = await lab.users.addToken({ tokenId: TOKEN, privsep });
  for (const { path, to, role, propagate = true } of acl)
    await lab.users.setAcl({ path, authid: to === "user" ? USER : TOKEN, role, propagate });
  return secret;
}

async function content(): Promise<Record<string, string | undefined>> {
  const storages = await client(lab.token.id, lab.token.secret).storages("pve");
  return Object.fromEntries(storages.map(({ storage, content }) => [storage, content]));
}

async function withoutDebian(): Promise<void> {
  const volumes = await client(lab.token.id, lab.token.secret).storageContent("pve", "local", "vztmpl");
  for (const { volid } of volumes) await lab.faults.removeOsTemplate({ file: volid.split("/").at(-1) ?? "" });
}
