// What a unit printed, read inside the lab's guest itself, past everything that is under test.
import type { Lab } from "@homeport/lab";
import { UNIT_DIR } from "@homeport/guest";
import { connectSsh, pct } from "@homeport/ssh";

export async function labOutput(lab: Lab, vmid: number, unit: string): Promise<string> {
  const ssh = await connectSsh({
    host: lab.host,
    port: lab.sshPort,
    user: lab.ssh.user,
    password: lab.ssh.password,
    hostKey: lab.hostKey,
  });
  try {
    return (await pct(ssh).pull(vmid, `${UNIT_DIR}/${unit}/output`)).toString("utf8");
  } finally {
    ssh.close();
  }
}
