// What is inside a lab's guest, read past everything that is under test.
import { connectSsh, pct, type Pct } from "@homeport/ssh";
import type { Lab } from "@homeport/lab";
import { UNIT_DIR } from "@homeport/guest";

export async function withPct<T>(lab: Lab, work: (shell: Pct) => Promise<T>): Promise<T> {
  const ssh = await connectSsh({
    host: lab.host,
    port: lab.sshPort,
    user: lab.ssh.user,
    password: lab.ssh.password,
    hostKey: lab.hostKey,
  });
  try {
    return await work(pct(ssh));
  } finally {
    ssh.close();
  }
}

/** What the guest's helpers noted as secret so far. */
export async function hiddenIn(lab: Lab, vmid: number): Promise<string[]> {
  const bytes = await withPct(lab, (shell) => shell.pull(vmid, "/var/lib/homeport/hidden"));
  return bytes
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "");
}

export function outputOf(lab: Lab, vmid: number, unit: string): Promise<string> {
  // Not pulled: it may grow while it is read.
  return withPct(lab, async (shell) =>
    (await shell.exec(vmid, ["cat", `${UNIT_DIR}/${unit}/output`])).stdout.toString("utf8"),
  );
}

export async function unitsIn(lab: Lab, vmid: number): Promise<string[]> {
  const { stdout } = await withPct(lab, (shell) => shell.exec(vmid, ["ls", UNIT_DIR]));
  return stdout
    .toString("utf8")
    .split("\n")
    .filter((line) => line.startsWith("homeport-"));
}
