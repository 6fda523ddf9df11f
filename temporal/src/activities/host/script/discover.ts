// Asks the guest what runs in it. Credentials go to whoever seals them, never into the result.
import { discoverArgv, parseDiscovery } from "@homeport/guest";
import { plainTexts } from "../../output/harmless";
import { capCredentials, MOST_CREDENTIAL_BYTES, MOST_CREDENTIALS } from "../create/credential-cap";
import type { StepResult } from "../../step-at";
import { inside, installRunner } from "./inside";
import { keepRunning } from "../create/keep-running";
import type { StepContext } from "../run-step";
import { waitReady } from "../create/wait-ready";

export async function discover(step: StepContext, vmid: number): Promise<StepResult> {
  if (await keepRunning(step, vmid)) await waitReady(step, vmid);
  // Without SSH nothing can be asked; a template that needs it has failed before.
  if (!step.host.hasSsh) return { detail: { is: "not_discovered" } };
  const shell = inside(step, vmid);
  await installRunner(shell);
  const { stdout } = await shell.run(discoverArgv());
  // Credentials stay exactly what they are: they are sealed, and copied.
  const services = parseDiscovery(stdout).services.map(({ credentials, ...rest }) => ({
    ...plainTexts(rest),
    ...(credentials === undefined ? {} : { credentials }),
  }));
  const { kept, without } = capCredentials(services);
  await step.deps.keepServices(step.at.containerId, kept);
  const names = services.map(({ name, port }) => (port === undefined ? name : `${name} (${port})`));
  const list = names.join(", ").slice(0, 200);
  return {
    detail: { is: "services", list, without, most: MOST_CREDENTIALS, mostBytes: MOST_CREDENTIAL_BYTES },
  };
}
