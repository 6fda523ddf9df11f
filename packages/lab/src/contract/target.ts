// Where the contract is checked: a lab, or a live Proxmox VE by environment. The same expectations everywhere.

import { connectProxmox, probeCertificate, type CreateLxcParams, type Proxmox, type TaskStatus } from "@homeport/proxmox";
import { connectSsh, probeHostKey, type Ssh } from "@homeport/ssh";
import type { Lab } from "../start-lab";

export interface Target {
  node: string;
  proxmox: Proxmox;
  /** Absent on a live node without SSH access. */
  ssh?: Ssh;
  /** Another client of the same node: a wrong secret, a token without rights. Absent when the target cannot make one. */
  as?: (who: "wrong-secret" | "unknown-token" | "no-rights" | "limited") => Proxmox;
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
  for (const until = Date.now() + timeoutMs; Date.now() < until; ) {
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
  const client = (tokenId: string, tokenSecret: string) => connectProxmox({ host, port, fingerprint, tokenId, tokenSecret });
  const wrong = "00000000-0000-4000-8000-000000000000";
  const bare = await lab.users.addToken({ tokenId: "root@pam!bare" });
  await lab.users.addUser({ userid: "lxc@pve" });
  const limited = await lab.users.addToken({ tokenId: "lxc@pve!app", privsep: false });
  await lab.users.addRole({ role: "Contract", privileges: [...limitedRights] });
  await lab.users.setAcl({ path: "/", authid: "lxc@pve", role: "Contract" });
  const clients = {
    "wrong-secret": client(lab.token.id, wrong),
    "unknown-token": client("root@pam!nobody", wrong),
    "no-rights": client("root@pam!bare", bare),
    limited: client("lxc@pve!app", limited),
  };
  const proxmox = client(lab.token.id, lab.token.secret);
  const ssh = await connectSsh({ host, port: lab.sshPort, user: lab.ssh.user, password: lab.ssh.password, hostKey: lab.hostKey });
  let last = 200;
  return {
    node: "pve",
    proxmox,
    ssh,
    as: (who) => clients[who],
    ...(await choices(proxmox, "pve")),
    release: lab.version,
    freshVmid: () => Promise.resolve((last += 1)),
    hold: (type) => lab.faults.delayTask({ type, delayMs: 400 }),
    async close() {
      ssh.close();
      await Promise.all([proxmox, ...Object.values(clients)].map((each) => each.close()));
    },
  };
}

/** What a role for provisioning has, without `Sys.Modify` and `Datastore.AllocateTemplate`. */
const limitedRights = [
  "VM.Allocate", "VM.Audit", "VM.Config.CPU", "VM.Config.Disk", "VM.Config.Memory", "VM.Config.Network", "VM.Config.Options",
  "VM.PowerMgmt", "Datastore.AllocateSpace", "Datastore.Audit", "SDN.Use", "Sys.Audit",
] as const;

/** `HOMEPORT_PVE_HOST`, `_PORT`, `_TOKEN_ID`, `_TOKEN_SECRET`, `_FINGERPRINT`; `_SSH_PORT`, `_SSH_USER`, `_SSH_PASSWORD`, `_SSH_HOST_KEY`. */
export async function liveTarget(env: NodeJS.ProcessEnv): Promise<Target> {
  const need = (name: string): string => {
    const value = env[`HOMEPORT_PVE_${name}`];
    if (value === undefined) throw new Error(`HOMEPORT_PVE_${name} is missing`);
    return value;
  };
  const at = { host: need("HOST"), port: Number(env["HOMEPORT_PVE_PORT"] ?? 8006) };
  const fingerprint = env["HOMEPORT_PVE_FINGERPRINT"] ?? (await probeCertificate(at)).fingerprint;
  const proxmox = connectProxmox({ ...at, fingerprint, tokenId: need("TOKEN_ID"), tokenSecret: need("TOKEN_SECRET") });
  const node = (await proxmox.nodes())[0]?.node ?? "pve";
  const password = env["HOMEPORT_PVE_SSH_PASSWORD"];
  const sshAt = { host: at.host, port: Number(env["HOMEPORT_PVE_SSH_PORT"] ?? 22) };
  const hostKey = env["HOMEPORT_PVE_SSH_HOST_KEY"] ?? (password === undefined ? "" : (await probeHostKey(sshAt)).fingerprint);
  const ssh = password === undefined ? undefined : await connectSsh({ ...sshAt, user: env["HOMEPORT_PVE_SSH_USER"] ?? "root", password, hostKey });
  const version = (await proxmox.version()).version;
  return {
    node,
    proxmox,
    ...(ssh === undefined ? {} : { ssh }),
    ...(await choices(proxmox, node)),
    release: version.startsWith("9.") ? "9.2" : version.startsWith("8.4") ? "8.4" : "other",
    freshVmid: () => proxmox.nextId(),
    hold: () => Promise.resolve(),
    async close() {
      ssh?.close();
      await proxmox.close();
    },
  };
}

async function choices(proxmox: Proxmox, node: string): Promise<Pick<Target, "ostemplate" | "storage" | "bridge">> {
  const [storage] = await proxmox.storages(node, { content: "rootdir" });
  const [templates] = await proxmox.storages(node, { content: "vztmpl" });
  const volumes = await proxmox.storageContent(node, templates?.storage ?? "local", "vztmpl");
  const [bridge] = await proxmox.network(node, "any_bridge");
  const debian = volumes.find((volume) => volume.volid.includes("debian-12")) ?? volumes[0];
  return { ostemplate: debian?.volid ?? "", storage: storage?.storage ?? "local-lvm", bridge: bridge?.iface ?? "vmbr0" };
}
