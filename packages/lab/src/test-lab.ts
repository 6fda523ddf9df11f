// A memory lab for this package's own tests: instant, on free ports, in a directory of its own.

import { mkdtempSync, rmSync } from "node:fs";
import https from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectProxmox, type CreateLxcParams, type Proxmox, type TaskStatus } from "@homeport/proxmox";
import { connectSsh, pct, type Pct, type Ssh } from "@homeport/ssh";
import { startLab, type Lab, type LabOptions } from "./start-lab";

export interface TestLab {
  lab: Lab;
  proxmox: Proxmox;
  stateDir: string;
  ssh(): Promise<Ssh>;
  pct(): Promise<Pct>;
  create(vmid: number, more?: Partial<CreateLxcParams>): Promise<TaskStatus>;
  start(vmid: number): Promise<TaskStatus>;
  ended(upid: string): Promise<TaskStatus>;
  /** Closes the lab and opens it again on the same state. */
  restart(more?: Partial<LabOptions>): Promise<void>;
  close(): Promise<void>;
}

export async function openTestLab(options: Partial<LabOptions> = {}): Promise<TestLab> {
  const stateDir = mkdtempSync(join(tmpdir(), "homeport-lab-"));
  const open = (more: Partial<LabOptions> = {}) =>
    startLab({ backend: "memory", scale: 0, resourcesLagMs: 0, authDelayMs: 0, stateDir, ...options, ...more });
  let lab = await open();
  const client = () =>
    connectProxmox({
      host: lab.host,
      port: lab.port,
      fingerprint: lab.fingerprint,
      tokenId: lab.token.id,
      tokenSecret: lab.token.secret,
    });
  let proxmox = client();
  const sessions: Ssh[] = [];

  const test: TestLab = {
    get lab() {
      return lab;
    },
    get proxmox() {
      return proxmox;
    },
    stateDir,
    async ssh() {
      const target = {
        host: lab.host,
        port: lab.sshPort,
        user: lab.ssh.user,
        password: lab.ssh.password,
        hostKey: lab.hostKey,
      };
      const session = await connectSsh(target);
      sessions.push(session);
      return session;
    },
    pct: async () => pct(await test.ssh()),
    create: async (vmid, more) => test.ended(await proxmox.createLxc("pve", guestParams(vmid, more))),
    start: async (vmid) => test.ended(await proxmox.startLxc("pve", vmid)),
    async ended(upid) {
      for (const until = Date.now() + 20_000; Date.now() < until;) {
        const status = await proxmox.taskStatus(upid);
        if (status.status === "stopped") return status;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error(`${upid} did not end`);
    },
    async restart(more) {
      sessions.splice(0).forEach((session) => session.close());
      await proxmox.close();
      await lab.close();
      lab = await open(more);
      proxmox = client();
    },
    async close() {
      sessions.forEach((session) => session.close());
      await proxmox.close();
      await lab.close();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
  return test;
}

export function guestParams(vmid: number, more: Partial<CreateLxcParams> = {}): CreateLxcParams {
  return {
    vmid,
    ostemplate: "local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst",
    rootfs: "local-lvm:2",
    unprivileged: true,
    features: "nesting=1",
    net0: "name=eth0,bridge=vmbr0,ip=dhcp",
    hostname: `guest-${vmid}`,
    ...more,
  };
}

export interface RawAnswer {
  status: number;
  reason: string;
  headers: NodeJS.Dict<string | string[]>;
  body: string;
}

/** One request as it is, without a client's opinions; `token` false sends no credentials. */
export function raw(
  lab: Lab,
  request: { method?: string; path: string; headers?: Record<string, string>; body?: string; token?: boolean },
): Promise<RawAnswer> {
  const { method = "GET", path, headers = {}, body, token = true } = request;
  const authorization = token ? { Authorization: `PVEAPIToken=${lab.token.id}=${lab.token.secret}` } : {};
  const length =
    body === undefined || headers["Transfer-Encoding"] !== undefined
      ? {}
      : { "Content-Length": String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const sent = https.request(
      {
        host: lab.host,
        port: lab.port,
        method,
        path,
        agent: false,
        rejectUnauthorized: false,
        headers: { ...authorization, ...length, ...headers },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            reason: response.statusMessage ?? "",
            headers: response.headers,
            body: Buffer.concat(chunks).toString("utf8"),
          }),
        );
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Polls until `read` answers something other than undefined or false. */
export async function eventually<T>(read: () => Promise<T | undefined | false>): Promise<T> {
  for (const until = Date.now() + 20_000; Date.now() < until;) {
    const seen = await read();
    if (seen !== undefined && seen !== false) return seen;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("it did not come true in time");
}
