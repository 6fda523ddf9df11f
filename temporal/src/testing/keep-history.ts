// Keeps a run's history for the replay test, when asked to: HOMEPORT_RECORD_HISTORIES=1 npx vitest run temporal/src/workflows
import { mkdir, writeFile } from "node:fs/promises";
import { Client, Connection } from "@temporalio/client";
import type { PayloadCodec } from "@temporalio/common";
import { openHistory } from "./open-history";

const folder = new URL("../../histories/", import.meta.url);

/** `name` becomes the file; a workflow that is still open is kept as far as it has come. */
export async function keepHistory(name: string, workflowId: string, { address, codec }: { address: string; codec: PayloadCodec }): Promise<void> {
  if (process.env.HOMEPORT_RECORD_HISTORIES !== "1") return;
  const connection = await Connection.connect({ address });
  try {
    const history = await new Client({ connection }).workflow.getHandle(workflowId).fetchHistory();
    await mkdir(folder, { recursive: true });
    // Where it was recorded is nobody's business, and no part of what is replayed.
    const text = JSON.stringify((await openHistory(history, codec)).json, null, 2).replace(/"stackTrace": "(?:[^"\\]|\\.)*"/g, '"stackTrace": ""').replace(/"identity": "[^"]*"/g, '"identity": "worker"');
    await writeFile(new URL(`${name}.json`, folder), `${text}\n`);
  } finally {
    await connection.close();
  }
}
