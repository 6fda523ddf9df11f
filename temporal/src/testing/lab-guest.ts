// What is inside a lab's guest, read past everything that is under test.
import { connectSsh, pct, type Pct } from "@homeport/ssh";
import type { Lab } from "@homeport/lab";
import { UNIT_DIR } from "@homeport/guest";

export async function withPct<T>(lab: Lab, work: (door: Pct) => Promise<T>): Promise<T> {
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
  const bytes = await withPct(lab, (door) => door.pull(vmid, "/var/lib/homeport/hidden"));
  return bytes
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "");
}

export function outputOf(lab: Lab, vmid: number, unit: string): Promise<string> {
  // Not pulled: it may grow while it is read.
  return withPct(lab, async (door) =>
    (await door.exec(vmid, ["cat", `${UNIT_DIR}/${unit}/output`])).stdout.toString("utf8"),
  );
}

export async function unitsIn(lab: Lab, vmid: number): Promise<string[]> {
  const { stdout } = await withPct(lab, (door) => door.exec(vmid, ["ls", UNIT_DIR]));
  return stdout
    .toString("utf8")
    .split("\n")
    .filter((line) => line.startsWith("homeport-"));
}
