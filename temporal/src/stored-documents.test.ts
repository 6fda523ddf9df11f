// Every document that any release wrote into a JSON column can be read, whole, by what reads it today; no column is without documents.
// The documents are kept by tests and installations themselves: `HOMEPORT_KEEP_DOCUMENTS=<release> npx vitest run <integration test>`.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { CreateBatchInput } from "@homeport/domain/batch/batch-input";
import { NodeReason } from "@homeport/domain/node/node-reason";
import { NodeInventory, NodeReport, SeenCertificate } from "@homeport/domain/node/node-report";
import { OrphanFacts } from "@homeport/domain/orphan/orphan";
import { PlanDocument } from "@homeport/domain/plan/plan";
import { StepDetail } from "@homeport/domain/run/step-detail";
import { WaitingFor } from "@homeport/domain/run/waiting";
import { storedDocument } from "@homeport/domain/stored/document";
import { StoredDetails, StoredEventMetadata } from "@homeport/domain/stored/records";
import { StoredBatch, StoredSpec } from "@homeport/domain/stored/spec";
import { StoredStepEdit } from "@homeport/domain/stored/step-edit";
import { StoredTemplate } from "@homeport/domain/stored/template";
import { StepMemory } from "./activities/step-memory";

const root = path.join(import.meta.dirname, "../..");
const FOLDER = path.join(root, "prisma/releases/documents");

/** What reads each column. Of a batch only the names are read; what was answered to a request is read by the procedure that answered. */
const readers: Record<string, z.ZodType> = {
  "Approval.input": StoredSpec,
  "AuditLog.details": StoredDetails,
  "Batch.input": StoredBatch,
  "Container.spec": StoredSpec,
  "ContainerEvent.metadata": StoredEventMetadata,
  "IdempotencyKey.outcome": z.record(z.string(), z.json()),
  "Orphan.facts": OrphanFacts,
  "Plan.document": PlanDocument,
  "Plan.input": StoredSpec,
  "ProxmoxNode.inventory": NodeInventory,
  "ProxmoxNode.report": NodeReport,
  "ProxmoxNode.seenCertificate": SeenCertificate,
  "ProxmoxNode.stateReason": NodeReason,
  // An operation on a container that is there has no input.
  "Run.input": z.union([StoredSpec, storedDocument(z.strictObject({}))]),
  "Run.waitingFor": WaitingFor,
  "RunAttempt.detail": StepDetail,
  "RunAttempt.edit": StoredStepEdit,
  "RunDecision.edit": StoredStepEdit,
  "RunStep.detail": StepDetail,
  "RunStep.journal": StepMemory,
  "TemplateRevision.definition": StoredTemplate,
};
/** Keys that are not read any more, by column, each with why nothing is missed. */
const left: Record<string, readonly string[]> = {
  "Batch.input": Object.keys(CreateBatchInput.shape).filter((key) => key !== "hostnames" && key !== "count"),
  // Places in bytes, where lines are counted since: a step that was under way then reads its task's log from the start, and a script that
  // was begun without its unit's name is not taken for one of ours.
  "RunStep.journal": ["logs", "scriptStartedAt"],
};

test("every JSON column of the schema has a reader here, and documents that were written into it", () => {
  const columns = readdirSync(path.join(root, "prisma/schema")).flatMap((file) => jsonColumns(file));

  expect(Object.keys(readers).sort()).toEqual(columns.sort());
  expect(readdirSync(FOLDER).sort()).toEqual(columns.sort());
});

const documents = readdirSync(FOLDER).flatMap((column) =>
  readdirSync(path.join(FOLDER, column)).map((file): [string, string] => [column, file]),
);

test.each(documents)("%s as %s holds it is read, and nothing of it is lost", (column, file) => {
  const stored = JSON.parse(readFileSync(path.join(FOLDER, column, file), "utf8")) as object;

  const { data, error } = readers[column]?.safeParse(stored) ?? {};

  expect(error?.issues).toBeUndefined();
  const read = Object.entries(stored).filter(([key]) => left[column]?.includes(key) !== true);
  expect(data).toMatchObject(Object.fromEntries(read));
});

test("the strict schemas of the forms judge what comes in, never what is stored", () => {
  const doors =
    /\b(CreateContainerInput|CreateBatchInput|TemplateDefinition|SpecEdit|StepEdit|EditableInput)\.(safeP|p)arse\(/;
  const sources = ["packages/api/src", "packages/records/src", "temporal/src"].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !file.includes("testing/"))
      .map((file) => path.join(root, folder, file)),
  );

  expect(sources.length).toBeGreaterThan(200);
  expect(sources.filter((file) => doors.test(readFileSync(file, "utf8")))).toEqual([]);
});

test("a spec that every rule of today refuses is read all the same", () => {
  const [first = ""] = readdirSync(path.join(FOLDER, "Container.spec"));
  const stored = JSON.parse(readFileSync(path.join(FOLDER, "Container.spec", first), "utf8")) as object;
  const odd = {
    ...stored,
    hostname: "not_a name",
    cores: 0,
    memoryMib: 1,
    storage: "-",
    bridge: "a bridge with a name that is too long",
    tags: ["Homeport-mine"],
    nameservers: ["one", "two", "three", "four"],
    network: { mode: "static", address: "nowhere", gateway: "" },
    somethingNew: true,
  };

  const { somethingNew: _, ...known } = odd;
  expect(StoredSpec.parse(odd)).toMatchObject(known);
});

function jsonColumns(file: string): string[] {
  const text = readFileSync(path.join(root, "prisma/schema", file), "utf8");
  return [...text.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].flatMap(([, model = "", body = ""]) =>
    [...body.matchAll(/^\s+(\w+)\s+Json\b/gm)].map(([, column = ""]) => `${model}.${column}`),
  );
}
