// The list of 1,000 containers: the dashboard's answer over the node's own answer for the same guests.
import { readFileSync } from "node:fs";
import { createDb } from "@homeport/db/client";
import { connectLab } from "@homeport/lab";
import { connectProxmox } from "@homeport/proxmox";
import { homeAt } from "../scripts/stack/paths";
import { median, timed, type Figure } from "./figures";
import type { Bench } from "./main";
import { until } from "../scripts/test/product";

export const GUESTS = 1_000;
const FIRST_VMID = 10_000;
const BATCH = 100;
const ROUNDS = 15;

export async function benchLists({ info, dir, product }: Bench): Promise<Figure[]> {
  const node = info.lab.node;
  if (!node) throw new Error("the lab is not running");
  const lab = connectLab({ stateDir: homeAt(dir).lab, port: node.port });
  // Each takes the seconds that a create takes: a hundred at a time.
  for (let first = 0; first < GUESTS; first += BATCH) {
    await Promise.all(
      Array.from({ length: BATCH }, (_, at) => first + at).map((guest) =>
        lab.faults.createForeignGuest({ vmid: FIRST_VMID + guest, hostname: `bench-list-${guest}`, running: true }),
      ),
    );
  }
  await makeRows(info.databaseUrl);
  const { landing } = await product.projects.list.query();
  const list = () => product.containers.list.query({ projectId: landing.id });
  await until("the node's guests", 120_000, async () => {
    const seen = (await list()).filter(({ seenAt }) => seenAt !== null);
    return seen.length >= GUESTS ? seen : undefined;
  });

  const proxmox = connectProxmox({
    host: node.host,
    port: node.port,
    tokenId: node.tokenId,
    tokenSecret: readFileSync(node.tokenSecretFile, "utf8").trim(),
    fingerprint: node.fingerprint,
  });
  const ours: number[] = [];
  const nodes: number[] = [];
  // In turn, so that both sides meet the same machine.
  for (let round = 0; round < ROUNDS; round++) {
    nodes.push(await timed(() => proxmox.resources("vm")));
    ours.push(await timed(list));
  }
  await proxmox.close();
  return [
    {
      name: `list of ${GUESTS.toLocaleString("en")} containers`,
      ours: median(ours),
      against: median(nodes),
      unit: "ms",
      of: "containers.list over the node's /cluster/resources",
    },
  ];
}

/** Rows for the guests, as if Homeport had made them: only the lists' speed is of interest. */
async function makeRows(databaseUrl: string): Promise<void> {
  const db = createDb(databaseUrl);
  const model = await db.container.findFirstOrThrow({ where: { lifecycle: "ready" } });
  await db.container.createMany({
    data: Array.from({ length: GUESTS }, (_, guest) => ({
      projectId: model.projectId,
      nodeId: model.nodeId,
      templateRevisionId: model.templateRevisionId,
      createdById: model.createdById,
      hostname: `bench-list-${guest}`,
      vmid: FIRST_VMID + guest,
      lifecycle: "ready" as const,
      spec: model.spec ?? {},
    })),
  });
  await db.$disconnect();
}
