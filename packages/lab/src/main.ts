// The lab as a process: `node --import tsx packages/lab/src/main.ts --backend=memory --state=<dir>`.

import { parseArgs } from "node:util";
import { z } from "zod";
import { startLab } from "./start-lab";

const Arguments = z.object({
  backend: z.enum(["memory", "lxc"]).default("memory"),
  version: z.enum(["9.2", "8.4"]).default("9.2"),
  state: z.string(),
  port: z.coerce.number().int().min(0).max(65535).default(8006),
  "ssh-port": z.coerce.number().int().min(0).max(65535).default(2222),
  scale: z.coerce.number().min(0).default(1),
  "rest-ms": z.coerce.number().min(0).default(0),
  "pct-ms": z.coerce.number().min(0).default(0),
  "cost-jitter": z.coerce.number().min(0).max(1).default(0.2),
  "resources-lag-ms": z.coerce.number().int().min(0).default(10_000),
  "guest-addresses": z.enum(["loopback", "routable"]).default("loopback"),
  /** Removes the real guests of the lab in `state` and ends. */
  destroy: z.boolean().default(false),
});

const text = { type: "string" } as const;
const { values } = parseArgs({
  options: {
    backend: text,
    version: text,
    state: text,
    port: text,
    "ssh-port": text,
    scale: text,
    "rest-ms": text,
    "pct-ms": text,
    "cost-jitter": text,
    "resources-lag-ms": text,
    "guest-addresses": text,
    destroy: { type: "boolean" },
  },
});
const given = Arguments.parse(values);

if (given.destroy) {
  await (await import("./lxc/lxc-directory")).destroyLxcLab(given.state);
  process.exit(0);
}

const lab = await startLab({
  backend: given.backend,
  version: given.version,
  stateDir: given.state,
  port: given.port,
  sshPort: given["ssh-port"],
  scale: given.scale,
  costs: { restMs: given["rest-ms"], pctMs: given["pct-ms"], jitter: given["cost-jitter"] },
  resourcesLagMs: given["resources-lag-ms"],
  guestAddresses: given["guest-addresses"],
  log: (line) => process.stderr.write(`${line}\n`),
});

const ready = {
  event: "ready",
  url: lab.url,
  host: lab.host,
  port: lab.port,
  sshPort: lab.sshPort,
  fingerprint: lab.fingerprint,
  hostKey: lab.hostKey,
  tokenId: lab.token.id,
  tokenSecretFile: lab.token.secretFile,
  sshUser: lab.ssh.user,
  sshPasswordFile: lab.ssh.passwordFile,
  labSecretFile: lab.secretFile,
  backend: lab.backend,
  version: lab.version,
};
process.stdout.write(`${JSON.stringify(ready)}\n`);

let closing = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (closing) return;
    closing = true;
    void lab.close().then(() => process.exit(0));
  });
}
