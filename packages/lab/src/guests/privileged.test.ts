// With real containers nobody becomes root on the machine that runs the lab: not even who holds its token.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { realClock } from "../clock";
import { createMemoryHost } from "../memory/memory-host";
import { startLab, type Lab } from "../start-lab";
import { raw } from "../test-lab";

const stateDir = mkdtempSync(join(tmpdir(), "homeport-lab-privileged-"));
let lab: Lab;
beforeAll(async () => {
  // What the API refuses, it refuses before any backend is asked: a memory one that passes for real containers will do.
  const memory = createMemoryHost({ directory: join(stateDir, "memory"), clock: realClock, scale: 0 });
  lab = await startLab({
    backend: "lxc",
    stateDir,
    scale: 0,
    authDelayMs: 0,
    lxcHost: () => Promise.resolve({ ...memory, kind: "lxc" }),
  });
});
afterAll(async () => {
  await lab.close();
  rmSync(stateDir, { recursive: true });
});

test.each([
  ["asked for", "&unprivileged=0", 500],
  ["not asked for", "&unprivileged=1", 200],
])("a privileged container that is %s", async (_, option, status) => {
  const body = `vmid=15${status === 200 ? 1 : 0}&ostemplate=local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst&storage=local-lvm${option}`;
  const answer = await raw(lab, { method: "POST", path: "/api2/json/nodes/pve/lxc", body });
  expect(answer.status).toBe(status);
  if (status === 500) expect(answer.reason).toContain("the lab makes unprivileged containers only");
});
