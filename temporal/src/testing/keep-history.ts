// Keeps a run's history for the replay test, when asked to: HOMEPORT_RECORD_HISTORIES=1 npx vitest run temporal/src/workflows
import { mkdir, writeFile } from "node:fs/promises";
import { Client, Connection } from "@temporalio/client";
import { historyToJSON } from "@temporalio/common/lib/proto-utils";

const folder = new URL("../../histories/", import.meta.url);

/** `name` becomes the file; a workflow that is still open is kept as far as it has come. */
export async function keepHistory(name: string, workflowId: string, address: string): Promise<void> {
  if (process.env.HOMEPORT_RECORD_HISTORIES !== "1") return;
  const connection = await Connection.connect({ address });
  try {
    const history = await new Client({ connection }).workflow.getHandle(workflowId).fetchHistory();
    await mkdir(folder, { recursive: true });
    // Where it was recorded is nobody's business, and no part of what is replayed.
    const text = historyToJSON(history).replace(/"stackTrace": "(?:[^"\\]|\\.)*"/g, '"stackTrace": ""').replace(/"identity": "[^"]*"/g, '"identity": "worker"');
    await writeFile(new URL(`${name}.json`, folder), `${text}\n`);
  } finally {
    await connection.close();
  }
}
