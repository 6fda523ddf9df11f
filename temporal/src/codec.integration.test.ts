// What somebody sees who looks at Temporal without our keys: its UI, or a thief of its file.
import { Client, Connection } from "@temporalio/client";
import { historyToJSON } from "@temporalio/common/lib/proto-utils";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { openFixture, type Fixture } from "./testing/fixture";
import { startTestWorker, type TestWorker } from "./testing/in-process-worker";

let fixture: Fixture;
let worker: TestWorker;
let client: Client;
beforeAll(async () => {
  fixture = await openFixture();
  worker = await startTestWorker(fixture, inject("temporalAddress"));
  client = new Client({ connection: await Connection.connect({ address: inject("temporalAddress") }) });
});
afterAll(async () => {
  await client.connection.close();
  await worker.stop();
  await fixture.close();
});

test("without the keys a run can be followed by its words, and none of its data can be read", async () => {
  const run = await fixture.provision({}, { scripts: [], packages: [] });
  await worker.engine.startRun(run);
  await fixture.until(run.runId, "done");
  const handle = client.workflow.getHandle(run.runId);

  const metadata = await handle.query<{ currentDetails: string }>("__temporal_workflow_metadata");
  expect(metadata.currentDetails).toContain("Create the container");
  expect((await handle.describe()).staticSummary).not.toBe("");

  const text = historyToJSON(await handle.fetchHistory()).replace(/"data":\s*"([A-Za-z0-9+/=]+)"/g, (_, data: string) =>
    Buffer.from(data, "base64").toString("latin1"),
  );
  for (const id of [run.containerId, run.nodeId]) expect(text).not.toContain(id);
});
