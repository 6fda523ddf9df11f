// Puts one lab node together: state, backend, doors.

import { randomBytes, randomUUID } from "node:crypto";
import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { openAccess } from "./access/access";
import { openPasswords } from "./access/passwords";
import { realClock, type LabClock } from "./clock";
import type { Core } from "./core";
import { noCosts, type Costs } from "./costs";
import type { FaultApi } from "./faults/api";
import { createFaultApi } from "./faults/create-fault-api";
import { labRequests } from "./faults/http";
import { noFaults } from "./faults/state";
import { startBroadcast } from "./guests/broadcast";
import { createFlocks } from "./guests/flock";
import { openGuests } from "./guests/guests";
import { ownedVolumes } from "./guests/volumes";
import type { LabHost } from "./host";
import { forgetCertificate, openCertificate } from "./http/certificate";
import { endpoints } from "./http/endpoints";
import { createRouter } from "./http/router";
import { openRequests } from "./http/requests";
import { openHttpsEndpoint } from "./http/server";
import { createTickets } from "./http/tickets";
import { openJournal } from "./journal";
import type { ShownAddresses } from "./memory/addresses";
import { createMemoryHost } from "./memory/memory-host";
import { nodeFacts } from "./node-facts";
import { textOnce, writeText } from "./persist";
import { forgetHostKey, newKey, openHostKey, publicBlob } from "./ssh/host-key";
import { createNodeShell } from "./ssh/node-shell";
import { openSshEndpoint } from "./ssh/server";
import { openOsTemplates } from "./os-templates";
import { openPools, poolOfMember } from "./pools";
import { createStorages } from "./storages";
import { openStoredFiles } from "./stored-files";
import { openTasks } from "./tasks/tasks";
import { createLabUsers, type LabUsers } from "./users";
import { releaseOf, type LabVersion } from "./version";
import { openVnets } from "./vnets";

export interface LabOptions {
  backend: "memory" | "lxc";
  version?: LabVersion;
  /** Everything that survives a restart. */
  stateDir: string;
  /** 0 (default): any free port. */
  port?: number;
  sshPort?: number;
  clock?: LabClock;
  /** Durations of tasks and scripts are multiplied by it; 0 for tests, default 1. */
  scale?: number;
  /** What answers cost; default nothing, see costs.ts. */
  costs?: Partial<Costs>;
  /** Age of cluster/resources; default 10 000 as on a real node, 0 for none. */
  resourcesLagMs?: number;
  /** What a 401 waits; default 3 000 as on a real node. */
  authDelayMs?: number;
  /** What memory guests show as their address; default `loopback`. */
  guestAddresses?: ShownAddresses;
  /** Another maker of the lxc backend than src/lxc; for tests. */
  lxcHost?: (stateDir: string) => Promise<LabHost>;
  log?: (line: string) => void;
}

export interface Lab {
  url: string;
  host: string;
  port: number;
  sshPort: number;
  /** SHA-256 of the certificate, `AA:BB:…`. */
  readonly fingerprint: string;
  /** `SHA256:…` */
  readonly hostKey: string;
  /** A token with every privilege: root's, without privilege separation. */
  token: { id: string; secret: string; secretFile: string };
  ssh: { user: string; password: string; passwordFile: string; privateKey: string };
  users: LabUsers;
  faults: FaultApi;
  /** Authorises /lab. */
  secretFile: string;
  backend: "memory" | "lxc";
  version: LabVersion;
  /** Tasks die as with the process; guests stay as they are. */
  close(): Promise<void>;
}

const labTokenId = "root@pam!homeport";

export async function startLab(options: LabOptions): Promise<Lab> {
  const { backend, stateDir, version = "9.2", clock = realClock, scale = 1, log = () => undefined } = options;
  mkdirSync(stateDir, { recursive: true });
  chmodSync(stateDir, 0o700);
  const inState = (name: string) => join(stateDir, name);
  const release = releaseOf(version);
  const host = await openHost(options, { clock, scale });
  await host.prepare?.(log);

  const facts = nodeFacts(
    backend,
    Number(textOnce(inState("booted-at"), () => String(clock.now() - 3_600_000))),
    (atMs) => writeText(inState("booted-at"), String(atMs)),
  );
  const guests = openGuests(inState("guests"), facts.name);
  const pools = openPools(inState("pools.json"));
  const access = openAccess(inState("access.json"), release, poolOfMember(pools));
  const secret = textOnce(inState("token-secret"), () => randomUUID());
  if (access.token(labTokenId) === undefined) access.addToken(labTokenId, { privsep: false, secret });
  const password = textOnce(inState("ssh-password"), () => randomBytes(18).toString("base64url"));
  const passwords = openPasswords(inState("passwords.json"));
  if (!passwords.verifies("root@pam", password)) passwords.set("root@pam", password);
  const privateKey = textOnce(inState("ssh-user-key"), newKey);
  const labSecret = textOnce(inState("lab-secret"), () => randomUUID());

  let certificate = await openCertificate(stateDir, facts.name);
  let hostKey = openHostKey(stateDir);
  const files = openStoredFiles(inState("files.json"));
  const osTemplates = openOsTemplates(inState("os-templates.json"), host, () => files.all());
  const vnets = openVnets(inState("vnets.json"));
  const core: Core = {
    files,
    osTemplates,
    facts,
    release,
    clock,
    access,
    guests,
    host,
    flocks: createFlocks(),
    tasks: openTasks(inState("tasks"), { node: facts.name, clock, bootedAt: () => facts.bootedAt() }),
    storages: createStorages(
      () => osTemplates.present(),
      () =>
        guests
          .all()
          .flatMap((record) => [...ownedVolumes(record).values()])
          .reduce((sum, gib) => sum + gib, 0),
      inState("storages.json"),
    ),
    pools,
    passwords,
    tickets: createTickets(textOnce(inState("ticket-key"), () => randomUUID())),
    vnets,
    faults: noFaults(),
    costs: { ...noCosts, ...options.costs },
    journal: openJournal(inState("journal.jsonl")),
    requests: openRequests(),
    fingerprint: () => certificate.fingerprint,
    certificatePem: () => certificate.cert,
    hostKeyLine: () => `ssh-ed25519 ${publicBlob(hostKey.privateKey).toString("base64")} root@${facts.name}\n`,
    pace: (ms, signal) => (scale === 0 ? Promise.resolve() : clock.sleep(ms * scale, signal)),
  };
  const broadcast = startBroadcast(core, options.resourcesLagMs ?? 10_000);
  const users = createLabUsers(access, passwords, vnets);
  const https = await openHttpsEndpoint(core, createRouter(core, broadcast, endpoints), {
    port: options.port ?? 0,
    certificate,
    authDelayMs: options.authDelayMs ?? 3_000,
    labRequest: labRequests(labSecret, { faults: () => faults, users: () => users }),
  });
  const ssh = await openSshEndpoint(core, createNodeShell(core), {
    port: options.sshPort ?? 0,
    hostKey,
    user: { name: "root", password, privateKey },
  });
  const faults: FaultApi = createFaultApi(core, {
    tokenId: labTokenId,
    cutHttps: https.cut,
    cutSsh: ssh.cut,
    async renewCertificate() {
      forgetCertificate(stateDir);
      certificate = await openCertificate(stateDir, facts.name);
      https.setCertificate(certificate);
      return certificate.fingerprint;
    },
    renewHostKey() {
      forgetHostKey(stateDir);
      hostKey = openHostKey(stateDir);
      ssh.setHostKey(hostKey);
      return hostKey.fingerprint;
    },
  });

  return {
    url: `https://127.0.0.1:${https.port}`,
    host: "127.0.0.1",
    port: https.port,
    sshPort: ssh.port,
    get fingerprint() {
      return certificate.fingerprint;
    },
    get hostKey() {
      return hostKey.fingerprint;
    },
    token: { id: labTokenId, secret, secretFile: inState("token-secret") },
    ssh: { user: "root", password, passwordFile: inState("ssh-password"), privateKey },
    users,
    faults,
    secretFile: inState("lab-secret"),
    backend,
    version,
    async close() {
      core.tasks.killAll();
      broadcast.close();
      await Promise.all([https.close(), ssh.close()]);
      await host.close();
    },
  };
}

async function openHost(options: LabOptions, time: { clock: LabClock; scale: number }): Promise<LabHost> {
  if (options.backend === "memory")
    return createMemoryHost({
      directory: join(options.stateDir, "memory"),
      addresses: options.guestAddresses ?? "loopback",
      ...time,
    });
  const make = options.lxcHost ?? (await loadLxc());
  return make(options.stateDir);
}

/** Loaded only when asked for: it looks for tools that most machines do not have. */
async function loadLxc(): Promise<NonNullable<LabOptions["lxcHost"]>> {
  const [{ createLxcHost }, { lxcDirectory }] = await Promise.all([
    import("./lxc/lxc-host"),
    import("./lxc/lxc-directory"),
  ]);
  return (stateDir) => Promise.resolve(createLxcHost({ directory: lxcDirectory(stateDir) }));
}
