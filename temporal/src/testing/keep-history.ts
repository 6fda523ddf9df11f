// Keeps a run's history for the replay test, when asked to: HOMEPORT_RECORD_HISTORIES=1 npx vitest run temporal/src
import { mkdir, writeFile } from "node:fs/promises";
import { Client, Connection } from "@temporalio/client";
import type { PayloadCodec } from "@temporalio/common";
import type { Branch } from "./branches";
import { openHistory } from "./open-history";

const folder = new URL("../../histories/", import.meta.url);

/** Some branches are only walked when they are to be kept: they wait for a timer of the workflow. */
export const recording = process.env.HOMEPORT_RECORD_HISTORIES === "1";

const ENDS_WITHIN_MS = 2_000;

/** `name` becomes the file; a workflow that is still open is kept as far as it has come. `executionId`: of a chain, which one; the last by default. */
export async function keepHistory(
  name: Branch,
  workflowId: string,
  { address, codec, executionId }: { address: string; codec: PayloadCodec; executionId?: string },
): Promise<void> {
  if (!recording) return;
  const connection = await Connection.connect({ address });
  try {
    const handle = new Client({ connection }).workflow.getHandle(workflowId, executionId);
    // A run's end and its workflow's are moments apart.
    for (
      const deadline = Date.now() + ENDS_WITHIN_MS;
      Date.now() < deadline && (await handle.describe()).status.name === "RUNNING";
    )
      await new Promise((resolve) => setTimeout(resolve, 50));
    const history = await handle.fetchHistory();
    await mkdir(folder, { recursive: true });
    // Where it was recorded is nobody's business, and no part of what is replayed.
    const text = JSON.stringify((await openHistory(history, codec)).json, null, 2)
      .replace(/"stackTrace": "(?:[^"\\]|\\.)*"/g, '"stackTrace": ""')
      .replace(/"identity": "[^"]*"/g, '"identity": "worker"');
    await writeFile(new URL(`${name}.json`, folder), `${text}\n`);
  } finally {
    await connection.close();
  }
}
