// Waits until the system inside has booted and has an address.
import { sleep } from "@temporalio/activity";
import { parseReady, readyArgv } from "@homeport/guest";
import { parseProperties } from "@homeport/proxmox";
import { PctError } from "@homeport/ssh";
import { StepFailure } from "../../failures";
import type { StepResult } from "../../step-at";
import { isRunning, recordSeen, requireGuestNow } from "../guest/guest";
import { inside, installRunner } from "../script/inside";
import { keepRunning, startAgain } from "./keep-running";
import type { StepContext } from "../run-step";

export type Ready = StepResult & { address: string };

const LOOK_S = 5;
const LOOK_AGAIN_MS = 500;

export async function waitReady(step: StepContext, vmid: number): Promise<Ready> {
  const { host, deps } = step;
  const { config, status } = await requireGuestNow(step, vmid);
  if (status.status !== "running") await startAgain(step, vmid);
  const { net0 } = config;
  const mac = typeof net0 === "string" ? parseProperties(net0).hwaddr : undefined;
  const deadline = Date.now() + deps.pace.readyMs;
  let stoppedAt: number | undefined;
  for (;;) {
    const booted = !host.hasSsh || (await isBooted(step, vmid, Math.min(LOOK_S, deps.pace.readyMs / 1_000)));
    const address = await addressOf(step, { vmid, mac });
    if (booted && address !== undefined) {
      await recordSeen(step, vmid, { status: "running", config });
      return { address, detail: { is: "address", address } };
    }
    stoppedAt = (await isRunning(step, vmid)) ? undefined : (stoppedAt ?? Date.now());
    // One that stays stopped will never be ready: waiting for it would hide that it did.
    if (stoppedAt !== undefined && Date.now() - stoppedAt >= deps.pace.stoppedMs) await keepRunning(step, vmid);
    if (Date.now() >= deadline) {
      const within = `within ${Math.round(deps.pace.readyMs / 1_000)} s`;
      if (!booted) throw new StepFailure(`The system inside CT ${vmid} did not finish booting ${within}.`);
      throw new StepFailure(
        `CT ${vmid} got no address ${within}. Does a DHCP server answer on its bridge? Retry, or undo and give it a static address.`,
      );
    }
    await sleep(LOOK_AGAIN_MS);
  }
}

/** A guest that has just started cannot be entered at once: that is "not yet". */
async function isBooted(step: StepContext, vmid: number, waitS: number): Promise<boolean> {
  try {
    const shell = inside(step, vmid);
    await installRunner(shell);
    const { stdout } = await shell.run(readyArgv(Math.max(0, Math.floor(waitS))));
    return parseReady(stdout).system !== "starting";
  } catch (error) {
    if (error instanceof PctError && (error.kind === "failed" || error.kind === "not_running")) return false;
    throw error;
  }
}

/** The IPv4 address of the interface that net0 describes; IPv6 when it has no other. MACs differ in case between config and ip. */
async function addressOf(
  { host, signal }: StepContext,
  { vmid, mac }: { vmid: number; mac: string | undefined },
): Promise<string | undefined> {
  const interfaces = (await host.proxmox.lxcInterfaces(host.pveName, vmid, { signal })) ?? [];
  const own = interfaces.find(({ name, hwaddr }) =>
    mac ? hwaddr?.toLowerCase() === mac.toLowerCase() : name === "eth0",
  );
  if (own === undefined) return undefined;
  const listed = own["ip-addresses"]?.map((address) => address["ip-address"]) ?? [];
  const last = [own.inet, own.inet6].flatMap((cidr) => (cidr ? [cidr.split("/")[0] ?? ""] : []));
  const usable = [...listed, ...last].filter((address) => !/^(169\.254\.|fe80:)/i.test(address) && address !== "");
  return usable.find((address) => !address.includes(":")) ?? usable[0];
}
