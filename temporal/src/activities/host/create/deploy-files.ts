// Puts a template's files in place, whole or not at all; a second time changes nothing.
import { encodingOf } from "@homeport/domain/template/template";
import { putArgv, RunnerExit, sha256 } from "@homeport/guest";
import { StepFailure } from "../../failures";
import type { StepResult } from "../../step-at";
import { inside, installRunner } from "../script/inside";
import { keepRunning } from "./keep-running";
import type { StepContext } from "../run-step";
import { waitReady } from "./wait-ready";

export async function deployFiles(step: StepContext, vmid: number): Promise<StepResult> {
  if (await keepRunning(step, vmid)) await waitReady(step, vmid);
  const { template } = await step.deps.blueprint(step.at.containerId);
  const shell = inside(step, vmid);
  await installRunner(shell);
  for (const file of template.files) {
    const { target, mode, owner, policy } = file;
    const content = Buffer.from(file.content, encodingOf(file));
    const { code, stdout, stderr } = await shell.exec(
      putArgv({ target, sha256: sha256(content), mode, owner, policy }),
      { stdin: content },
    );
    // Damaged on its way: the next try sends it again. The others say why it cannot be there.
    if (code === RunnerExit.damaged || code > 128) throw new Error(`${target} did not arrive: ${stderr.trim()}`);
    if (code !== 0) throw new StepFailure(`${target} could not be written: ${stderr.trim()}`);
    await step.record.log(`${target}: ${stdout.toString("utf8").trim()}`);
  }
  return {};
}
