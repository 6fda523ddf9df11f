// Workflow code that changed must still tell the same story: histories of earlier runs are played through it.
// They are recorded by HOMEPORT_RECORD_HISTORIES=1 (testing/keep-history.ts); old ones stay.
import { readdirSync, readFileSync } from "node:fs";
import { historyFromJSON } from "@temporalio/common/lib/proto-utils";
import { DefaultLogger, Runtime, Worker } from "@temporalio/worker";
import { expect, test } from "vitest";
import { workflowsPath } from "../worker";

const folder = new URL("../../histories/", import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith(".json"));

test("every recorded history replays", { timeout: 120_000 }, async () => {
  Runtime.install({ logger: new DefaultLogger("ERROR") });
  const histories = names.map((name) => ({ workflowId: name, history: historyFromJSON(JSON.parse(readFileSync(new URL(name, folder), "utf8"))) }));
  const failed: string[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowsPath }, histories)) {
    if (error) failed.push(`${workflowId}: ${error.message}`);
  }
  expect(failed).toEqual([]);
  expect(names).toEqual(expect.arrayContaining(["provision-done.json", "provision-retried.json", "provision-undone.json", "provision-other-vmid.json", "provision-cancelled-create.json", "operate-destroy.json", "probe.json"]));
});
