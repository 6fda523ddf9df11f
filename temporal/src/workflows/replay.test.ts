// Workflow code that changed must still tell the same story: histories of earlier runs are played through it.
// histories/ holds one of every branch of the code as it is (testing/branches.ts), recorded anew by HOMEPORT_RECORD_HISTORIES=1
// (testing/keep-history.ts); its folders hold those of each release, which stay for as long as runs of it may be under way.
import { readdirSync, readFileSync } from "node:fs";
import { historyFromJSON } from "@temporalio/common/lib/proto-utils";
import { Worker } from "@temporalio/worker";
import { expect, test } from "vitest";
import { branches, released } from "../testing/branches";
import { quietRuntime, workflowBundle } from "../testing/in-process-worker";

const folder = new URL("../../histories/", import.meta.url);
const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));
const there = new Set(names.map((name) => name.replace(/\.json$/, "").replaceAll("\\", "/")));

test("every branch of every workflow has a recorded history", () => {
  const missing = Object.entries(branches)
    .filter(([name]) => !there.has(name))
    .map(
      ([name, file]) => `${name}: HOMEPORT_RECORD_HISTORIES=1 npx vitest run temporal/src/${file}.integration.test.ts`,
    );
  expect(missing).toEqual([]);
});

test("what a release recorded is still here, and nothing is here that no list names", () => {
  const kept = Object.entries(released).flatMap(([release, ones]) => ones.map((name) => `${release}/${name}`));
  expect([...there].sort()).toEqual([...kept, ...Object.keys(branches)].sort());
});

test("every recorded history replays", async () => {
  quietRuntime();
  const histories = names.map((name) => ({
    workflowId: name,
    history: historyFromJSON(JSON.parse(readFileSync(new URL(name, folder), "utf8"))),
  }));
  const failed: string[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories(
    { workflowBundle: await workflowBundle() },
    histories,
  )) {
    if (error) failed.push(`${workflowId}: ${error.message}`);
  }
  expect(failed).toEqual([]);
});
