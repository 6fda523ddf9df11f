// Kills of each part with -9 while a run is under way, over the whole product: one container, no step twice, the log whole.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createDb, type Db } from "@homeport/db/client";
import { connectLab, type RemoteLab } from "@homeport/lab";
import { afterAll, beforeAll, expect, test } from "vitest";
import { homeAt } from "./stack/paths";
import { processLedger } from "./stack/processes";
import { createScreen } from "./stack/screen";
import { startStack, type Stack, type StackInfo } from "./stack/stack";
import { createNginx, signIn, until, type Product } from "./test/product";
import { claimTemporaryHome } from "./test/temporary-home";

const dir = mkdtempSync(path.join(tmpdir(), "homeport-crash-"));
const home = homeAt(dir);
let stack: Stack;
let info: StackInfo;
let product: Product;
let lab: RemoteLab;
let db: Db;

beforeAll(async () => {
  claimTemporaryHome(dir);
  stack = startStack({ home, screen: createScreen(() => undefined), lab: "memory", anyPorts: true });
  info = await stack.ready;
  if (!info.demo || !info.lab.node) throw new Error("the stack came up without its lab");
  product = await signIn(info.url, info.demo);
  lab = connectLab({ stateDir: home.lab, port: info.lab.node.port });
  db = createDb(info.databaseUrl, { max: 2 });
}, 420_000);

afterAll(async () => {
  await db?.$disconnect(); // undefined: the stack did not start, which the failure names
  await stack.stop();
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
}, 420_000);

test.each([
  ["worker", "create"],
  ["postgres", "create"],
  ["temporal", "create"],
  ["postgres", "packages"],
  ["temporal", "packages"],
  ["lab", "packages"],
  ["dashboard", "packages"],
])(
  "a %s killed with -9 in the step %s delays a run and changes nothing else",
  async (part, during) => {
    const { runId, containerId } = await createNginx(product, `crash-${part}-${during}`);
    await until(`the step ${during}`, 60_000, () =>
      quietly(async () => {
        const step = await db.runStep.findUniqueOrThrow({ where: { runId_name: { runId, name: during } } });
        return step.state === "pending" ? undefined : step;
      }),
    );

    kill(part);

    const run = await until("the end of the run", 150_000, () =>
      quietly(async () => {
        const now = await db.run.findUniqueOrThrow({
          where: { id: runId },
          include: { steps: { orderBy: { position: "asc" } } },
        });
        return ["done", "done_with_warnings", "failed", "awaiting_decision", "undone", "cancelled"].includes(now.state)
          ? now
          : undefined;
      }),
    );
    expect(run.steps.map(({ name, state, error, attempt }) => ({ name, state, error, attempt }))).toEqual(
      run.steps.map(({ name }) => ({
        name,
        state: expect.stringMatching(/^(done|warning)$/) as string,
        error: null,
        attempt: 1,
      })),
    );
    const { vmid } = await db.container.findUniqueOrThrow({ where: { id: containerId } });
    const journal = await lab.faults.journal();
    const done = (method: string, at: RegExp) =>
      journal.filter(
        (entry) =>
          entry.method === method &&
          at.test(entry.path) &&
          entry.status === 200 &&
          (entry.vmid === vmid || entry.params.vmid === String(vmid)),
      );
    expect(done("POST", /^\/nodes\/pve\/lxc$/)).toHaveLength(1);
    expect(done("DELETE", /./)).toHaveLength(0);
    await expectWholeLog(runId);
  },
  420_000,
);

/** Each stream of each step runs from byte 0 to its end without a gap or a double. */
async function expectWholeLog(runId: string): Promise<void> {
  const pieces = await db.runLog.findMany({
    where: { runId, stream: "output" },
    orderBy: [{ stepId: "asc" }, { byteOffset: "asc" }],
  });
  expect(pieces.length).toBeGreaterThan(0);
  const ends = new Map<string, number>();
  for (const piece of pieces) {
    expect(Number(piece.byteOffset)).toBe(ends.get(piece.stepId) ?? 0);
    ends.set(piece.stepId, Number(piece.byteOffset) + Buffer.byteLength(piece.text));
  }
}

function kill(part: string): void {
  const record = processLedger(home.pids)
    .all()
    .find(([name]) => name === part)?.[1];
  if (!record) throw new Error(`${part} is not running`);
  process.kill(record.pid, "SIGKILL");
}

/** While the database is away there is no answer yet. */
async function quietly<T>(ask: () => Promise<T | undefined>): Promise<T | undefined> {
  return ask().catch(() => undefined);
}
