// Overhead of a provision: its wall time over what the node's own tasks and the scripts took.
import { readFileSync } from "node:fs";
import { connectProxmox } from "@homeport/proxmox";
import { median, type Figure } from "./figures";
import type { Bench } from "./main";
import { createNginx, until } from "../scripts/test/product";

const ROUNDS = 5;

export async function benchProvision({ info, product }: Bench): Promise<Figure[]> {
  const node = info.lab.node;
  if (!node) throw new Error("the lab is not running");
  const proxmox = connectProxmox({
    host: node.host,
    port: node.port,
    tokenId: node.tokenId,
    tokenSecret: readFileSync(node.tokenSecretFile, "utf8").trim(),
    fingerprint: node.fingerprint,
  });
  const rounds: { wallMs: number; nodeMs: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const begun = performance.now();
    const { runId, containerId } = await createNginx(product, `bench-${round}`);
    const run = await until("the run", 120_000, async () => {
      const now = await product.runs.get.query({ id: runId });
      return now.state === "done" || now.state === "done_with_warnings" ? now : undefined;
    });
    const wallMs = performance.now() - begun;
    const { vmid } = await product.containers.get.query({ id: containerId });
    const tasks = await proxmox.tasks("pve", { source: "all", ...(vmid === null ? {} : { vmid }) });
    const tasksMs = tasks.reduce((sum, task) => sum + ((task.endtime ?? task.starttime) - task.starttime) * 1000, 0);
    const scriptsMs = run.steps
      .filter(({ name }) => name.startsWith("script-") || name === "packages")
      .reduce(
        (sum, step) => sum + (step.endedAt && step.startedAt ? step.endedAt.getTime() - step.startedAt.getTime() : 0),
        0,
      );
    rounds.push({ wallMs, nodeMs: tasksMs + scriptsMs });
  }
  await proxmox.close();
  return [
    {
      name: "provision",
      ours: median(rounds.map(({ wallMs }) => wallMs)),
      against: median(rounds.map(({ nodeMs }) => nodeMs)),
      unit: "ms",
      of: "click to ready over the node's tasks (whole seconds) and the scripts",
    },
  ];
}
