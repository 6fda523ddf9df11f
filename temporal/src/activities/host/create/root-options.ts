// Options that Proxmox takes from root@pam alone, never from a token: set over SSH, where we are root.
import type { ContainerSpec } from "@homeport/domain/container/container-input";
import { pct } from "@homeport/ssh";
import { requireGuest } from "../guest/guest";
import type { StepContext } from "../run-step";

/** A privileged container's features are root@pam's, each of them (pve-container, LXC.pm `check_ct_modify_config_perm`). */
export function rootOptions({
  unprivileged,
  nesting,
}: Pick<ContainerSpec, "unprivileged" | "nesting">): Record<string, string> {
  return nesting && !unprivileged ? { features: "nesting=1" } : {};
}

/** Sets them on our own, stopped guest; what is set already is left. */
export async function setRootOptions(
  step: StepContext,
  { vmid, spec }: { vmid: number; spec: ContainerSpec },
): Promise<void> {
  const options = rootOptions(spec);
  if (Object.keys(options).length === 0) return;
  const { config } = await requireGuest(step, vmid);
  const missing = Object.fromEntries(
    Object.entries(options).filter(([name, value]) => (config as Record<string, unknown>)[name] !== value),
  ); // every option is a key of it
  if (Object.keys(missing).length === 0) return;
  await pct(await step.ssh()).set(vmid, missing, { signal: step.signal });
  await step.record.log(
    `Set over SSH, as only root@pam may: ${Object.entries(missing)
      .map(([name, value]) => `${name} ${value}`)
      .join(", ")}.`,
  );
}
