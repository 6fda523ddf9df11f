// Overhead of a provision: its wall time over what the node's own tasks and the scripts took.
import { readFileSync } from "node:fs";
import { connectProxmox } from "@homeport/proxmox";
import { median, type Figure } from "./figures";
import type { Bench } from "./main";
import { until, type Product } from "./product";

const ROUNDS = 5;

export async function benchProvision({ info, product }: Bench): Promise<Figure[]> {
  const node = info.lab.node;
  if (!node) throw new Error("the lab is not running");
  const [demo] = await until("the demo node", 60_000, async () => {
    const nodes = await product.nodes.list.query();
    return nodes[0]?.state === "online" ? nodes : undefined;
  });
  if (!demo) throw new Error("the demo person has no node");
  const proxmox = connectProxmox({ host: node.host, port: node.port, tokenId: node.tokenId, tokenSecret: readFileSync(node.tokenSecretFile, "utf8").trim(), fingerprint: node.fingerprint });
  const rounds: { wallMs: number; nodeMs: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const begun = performance.now();
    const { runId, containerId } = await createContainer(product, { nodeId: demo.id, hostname: `bench-${round}` });
    const run = await until("the run", 120_000, async () => {
      const now = await product.runs.get.query({ id: runId });
      return now.state === "done" || now.state === "done_with_warnings" ? now : undefined;
    });
    const wallMs = performance.now() - begun;
    const { vmid } = await product.containers.get.query({ id: containerId });
    const tasks = await proxmox.tasks(demo.pveName ?? "pve", { source: "all", ...(vmid === null ? {} : { vmid }) });
    const tasksMs = tasks.reduce((sum, task) => sum + ((task.endtime ?? task.starttime) - task.starttime) * 1000, 0);
    const scriptsMs = run.steps.filter(({ name }) => name.startsWith("script-") || name === "packages").reduce((sum, step) => sum + (step.endedAt && step.startedAt ? step.endedAt.getTime() - step.startedAt.getTime() : 0), 0);
    rounds.push({ wallMs, nodeMs: tasksMs + scriptsMs });
  }
  await proxmox.close();
  return [{ name: "provision", ours: median(rounds.map(({ wallMs }) => wallMs)), against: median(rounds.map(({ nodeMs }) => nodeMs)), unit: "ms", of: "click to ready over the node's tasks (whole seconds) and the scripts" }];
}

/** The nginx template with the wizard's defaults. */
export async function createContainer(product: Product, { nodeId, hostname }: { nodeId: string; hostname: string }): Promise<{ runId: string; containerId: string }> {
  const inventory = await until("the inventory", 60_000, async () => (await product.nodes.inventory.query({ id: nodeId })) ?? undefined);
  const template = (await product.templates.list.query()).find(({ name }) => name === "nginx");
  const storage = inventory.storages.find(({ forContainers }) => forContainers);
  const [bridge] = inventory.bridges;
  const osTemplate = inventory.osTemplates.find(({ volid }) => volid.includes("debian-12"));
  if (!template || !storage || !bridge || !osTemplate) throw new Error("the lab lacks what the nginx template needs");
  return product.containers.create.mutate({
    requestKey: crypto.randomUUID(),
    templateRevisionId: template.revisionId,
    nodeId,
    hostname,
    osTemplate: osTemplate.volid,
    ...template.defaults,
    storage: storage.name,
    bridge: bridge.name,
    network: { mode: "dhcp" },
  });
}
