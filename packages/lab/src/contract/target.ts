// Where the contract is checked: a lab, or a live Proxmox VE by environment. The same expectations everywhere.

import {
  connectProxmox,
  probeCertificate,
  type CreateLxcParams,
  type Proxmox,
  type TaskStatus,
} from "@homeport/proxmox";
import { connectSsh, probeHostKey, type Ssh } from "@homeport/ssh";
import type { Lab } from "../start-lab";
import { rawCaller, type RawCall } from "./raw-call";

/** A wrong secret, a token that is not there, one without rights, one with those of a provisioning role (`limitedRights`). */
export type Who = "wrong-secret" | "unknown-token" | "no-rights" | "limited";

export interface Target {
  node: string;
  proxmox: Proxmox;
  /** A call that `proxmox` does not make, with the same token. */
  call: RawCall;
  /** Absent on a live node without SSH access. */
  ssh?: Ssh;
  /** Another client of the same node. Undefined where it was given no such token. */
  as(who: Who): Proxmox | undefined;
  /** Whose token "limited" is, as a task names it. */
  limited?: { user: string; tokenid: string };
  /** `local:vztmpl/<file>` */
  ostemplate: string;
  storage: string;
  bridge: string;
  release: "9.2" | "8.4" | "other";
  /** A VMID that nothing uses. */
  freshVmid(): Promise<number>;
  /** Makes sure that the next task of a type is still running when the next call arrives. */
  hold(type: string): Promise<void>;
  close(): Promise<void>;
}

export const pollMs = 20;

/** Follows a task to its end. */
export async function finished(target: Target, upid: string, timeoutMs = 60_000): Promise<TaskStatus> {
  for (const until = Date.now() + timeoutMs; Date.now() < until;) {
    const status = await target.proxmox.taskStatus(upid);
    if (status.status === "stopped") return status;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  throw new Error(`${upid} did not end within ${timeoutMs} ms`);
}

export function createParams(target: Target, vmid: number, more: Partial<CreateLxcParams> = {}): CreateLxcParams {
  return {
    vmid,
    ostemplate: target.ostemplate,
    rootfs: `${target.storage}:2`,
    unprivileged: true,
    features: "nesting=1",
    memory: 256,
    swap: 0,
    net0: `name=eth0,bridge=${target.bridge},ip=dhcp`,
    hostname: `contract-${vmid}`,
    ...more,
  };
}

/** A stopped container of the target's own; its VMID. */
export async function created(target: Target, more: Partial<CreateLxcParams> = {}): Promise<number> {
  const vmid = await target.freshVmid();
  await finished(target, await target.proxmox.createLxc(target.node, createParams(target, vmid, more)));
  return vmid;
}

export async function started(target: Target, more: Partial<CreateLxcParams> = {}): Promise<number> {
  const vmid = await created(target, more);
  await finished(target, await target.proxmox.startLxc(target.node, vmid));
  return vmid;
}

export async function destroyed(target: Target, vmid: number): Promise<void> {
  await finished(target, await target.proxmox.destroyLxc(target.node, vmid, { force: true, purge: true }));
}

export async function labTarget(lab: Lab): Promise<Target> {
  const { host, port, fingerprint } = lab;
  const client = (tokenId: string, tokenSecret: string) =>
    connectProxmox({ host, port, fingerprint, tokenId, tokenSecret });
  const bare = await lab.users.addToken({ tokenId: "root@pam!bare" });
  await lab.users.addUser({ userid: "lxc@pve" });
  const limited = await lab.users.addToken({ tokenId: "lxc@pve!app", privsep: false });
  await lab.users.addRole({ role: "Contract", privileges: [...limitedRights] });
  await lab.users.setAcl({ path: "/", authid: "lxc@pve", role: "Contract" });
  const clients = {
    "wrong-secret": client(lab.token.id, wrongSecret),
    "unknown-token": client("root@pam!nobody", wrongSecret),
    "no-rights": client("root@pam!bare", bare),
    limited: client("lxc@pve!app", limited),
  };
  const proxmox = client(lab.token.id, lab.token.secret);
  const ssh = await connectSsh({
    host,
    port: lab.sshPort,
    user: lab.ssh.user,
    password: lab.ssh.password,
    hostKey: lab.hostKey,
  });
  let last = 200;
  return {
    node: "pve",
    proxmox,
    call: rawCaller({ host, port, fingerprint, tokenId: lab.token.id, tokenSecret: lab.token.secret }),
    ssh,
    as: (who) => clients[who],
    limited: { user: "lxc@pve", tokenid: "app" },
    ...(await choices(proxmox, "pve")),
    release: lab.version,
    freshVmid: () => Promise.resolve((last += 1)),
    hold: (type) => lab.faults.delayTask({ type, delayMs: 1_500 }),
    async close() {
      ssh.close();
      await Promise.all([proxmox, ...Object.values(clients)].map((each) => each.close()));
    },
  };
}

/** What a role for provisioning has, without `Sys.Modify` and `Datastore.AllocateTemplate`. */
const limitedRights = [
  "VM.Allocate",
  "VM.Audit",
  "VM.Config.CPU",
  "VM.Config.Disk",
  "VM.Config.Memory",
  "VM.Config.Network",
  "VM.Config.Options",
  "VM.PowerMgmt",
  "Datastore.AllocateSpace",
  "Datastore.Audit",
  "SDN.Use",
  "Sys.Audit",
] as const;

/** `HOMEPORT_PVE_HOST`, `_PORT`, `_TOKEN_ID`, `_TOKEN_SECRET`, `_FINGERPRINT`; `_SSH_PORT`, `_SSH_USER`, `_SSH_PASSWORD`, `_SSH_HOST_KEY`. Optional: `_NO_RIGHTS_ID`, `_NO_RIGHTS_SECRET`, `_LIMITED_ID`, `_LIMITED_SECRET`. */
export async function liveTarget(env: NodeJS.ProcessEnv): Promise<Target> {
  const need = (name: string): string => {
    const value = env[`HOMEPORT_PVE_${name}`];
    if (value === undefined) throw new Error(`HOMEPORT_PVE_${name} is missing`);
    return value;
  };
  const at = { host: need("HOST"), port: Number(env["HOMEPORT_PVE_PORT"] ?? 8006) };
  const fingerprint = env["HOMEPORT_PVE_FINGERPRINT"] ?? (await probeCertificate(at)).fingerprint;
  const client = (tokenId: string, tokenSecret: string) => connectProxmox({ ...at, fingerprint, tokenId, tokenSecret });
  const proxmox = client(need("TOKEN_ID"), need("TOKEN_SECRET"));
  const given = (name: string): Proxmox | undefined => {
    const [id, secret] = [env[`HOMEPORT_PVE_${name}_ID`], env[`HOMEPORT_PVE_${name}_SECRET`]];
    return id === undefined || secret === undefined ? undefined : client(id, secret);
  };
  const clients: Record<Who, Proxmox | undefined> = {
    "wrong-secret": client(need("TOKEN_ID"), wrongSecret),
    "unknown-token": client(`${need("TOKEN_ID")}-nobody`, wrongSecret),
    "no-rights": given("NO_RIGHTS"),
    limited: given("LIMITED"),
  };
  const [user, tokenid] = (env["HOMEPORT_PVE_LIMITED_ID"] ?? "").split("!");
  const used = new Set<number>();
  const node = (await proxmox.nodes())[0]?.node ?? "pve";
  const password = env["HOMEPORT_PVE_SSH_PASSWORD"];
  const sshAt = { host: at.host, port: Number(env["HOMEPORT_PVE_SSH_PORT"] ?? 22) };
  const hostKey =
    env["HOMEPORT_PVE_SSH_HOST_KEY"] ?? (password === undefined ? "" : (await probeHostKey(sshAt)).fingerprint);
  const ssh =
    password === undefined
      ? undefined
      : await connectSsh({ ...sshAt, user: env["HOMEPORT_PVE_SSH_USER"] ?? "root", password, hostKey });
  const version = (await proxmox.version()).version;
  return {
    node,
    proxmox,
    call: rawCaller({ ...at, fingerprint, tokenId: need("TOKEN_ID"), tokenSecret: need("TOKEN_SECRET") }),
    ...(ssh === undefined ? {} : { ssh }),
    ...(await choices(proxmox, node)),
    release: releaseOf(version),
    as: (who) => clients[who],
    ...(user === undefined || tokenid === undefined ? {} : { limited: { user, tokenid } }),
    async freshVmid() {
      const vmid = await proxmox.nextId();
      used.add(vmid);
      return vmid;
    },
    hold: () => Promise.resolve(),
    async close() {
      try {
        for (const vmid of used) await swept({ proxmox, node }, vmid);
      } finally {
        ssh?.close();
        for (const each of [proxmox, ...Object.values(clients)]) await each?.close();
      }
    },
  };
}

function releaseOf(version: string): Target["release"] {
  if (version.startsWith("9.")) return "9.2";
  return version.startsWith("8.4") ? "8.4" : "other";
}

const wrongSecret = "00000000-0000-4000-8000-000000000000";

/** What a failed case left of its own is destroyed; a guest of another name under that VMID is somebody else's. */
async function swept(target: Pick<Target, "proxmox" | "node">, vmid: number): Promise<void> {
  const { proxmox, node } = target;
  const config = await proxmox.lxcConfig(node, vmid).catch(() => undefined);
  if (!String(config?.["hostname"] ?? "").startsWith(`contract-${vmid}`)) return;
  await proxmox.setLxcConfig(node, vmid, { protection: false }).catch(() => undefined);
  const upid = await proxmox.destroyLxc(node, vmid, { force: true, purge: true });
  for (const until = Date.now() + 60_000; Date.now() < until && (await proxmox.taskStatus(upid)).status !== "stopped";)
    await new Promise((resolve) => setTimeout(resolve, pollMs));
}

async function choices(proxmox: Proxmox, node: string): Promise<Pick<Target, "ostemplate" | "storage" | "bridge">> {
  const [storage] = await proxmox.storages(node, { content: "rootdir" });
  const [templates] = await proxmox.storages(node, { content: "vztmpl" });
  const volumes = await proxmox.storageContent(node, templates?.storage ?? "local", "vztmpl");
  const [bridge] = await proxmox.network(node, "any_bridge");
  const debian = volumes.find((volume) => volume.volid.includes("debian-12")) ?? volumes[0];
  return {
    ostemplate: debian?.volid ?? "",
    storage: storage?.storage ?? "local-lvm",
    bridge: bridge?.iface ?? "vmbr0",
  };
}
