// Lint refuses what it promises to refuse: a law nobody breaks in a test may have stopped working long ago.
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { runKinds } from "../../packages/domain/src/run/run-kinds";
import { afterAll, beforeAll, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);

/** A file of this path with this text is refused by this rule; `undefined`: it is taken. */
const cases: readonly (readonly [file: string, text: string, rule: string | undefined])[] = [
  ["packages/domain/src/reads-disk.ts", 'import "node:fs";', "no-restricted-imports"],
  ["packages/domain/src/reads-disk.test.ts", 'import "node:fs";', undefined],
  ["temporal/src/workflows/asks.ts", 'import "@homeport/proxmox";', "no-restricted-imports"],
  ["temporal/src/activities/host/writes.ts", 'import "@homeport/db/client";', "no-restricted-imports"],
  ["temporal/src/activities/records/calls.ts", 'import "../host/connect";', "no-restricted-imports"],
  [
    "packages/api/src/calls.ts",
    'import type { Host } from "@homeport/ssh"; export type A = Host;',
    "no-restricted-imports",
  ],
  ["apps/dashboard/features/reads.tsx", 'import "@homeport/db/client";', "no-restricted-imports"],
  // Only the templates themselves are no code of ours, not every folder of that name.
  ["apps/dashboard/features/templates/reads.tsx", 'import "@homeport/db/client";', "no-restricted-imports"],
  ["packages/api/src/nodes/asks.ts", "export const Id = z.strictObject({ id: z.uuid() });", "no-other-letters"],
  ["packages/api/src/names.ts", "export function tellAll(): void {}", "plain-names"],
  ["packages/api/src/names-const.ts", "export const stepWords = {};", "plain-names"],
  ["packages/lab/src/parses.ts", "export function parseWords(): void {}", undefined],
  ["packages/api/src/mocks.test.ts", 'vi.mock("./rows");', "no-module-mocks"],
  [
    "temporal/src/compares.ts",
    "export const own = (error: unknown) => error instanceof AppError;",
    "no-own-instanceof",
  ],
  [
    "packages/api/src/compares.ts",
    "export const away = (error: unknown) => error instanceof DatabaseAway;",
    "no-bundled-instanceof",
  ],
  ["packages/api/src/compares-date.ts", "export const isDate = (value: unknown) => value instanceof Date;", undefined],
  [
    "packages/api/src/ends.ts",
    'export const end = (db: Db) => db.run.updateMany({ where: {}, data: { state: "failed" } });',
    "no-run-writes",
  ],
  [
    "temporal/src/activities/records/ends.ts",
    'export const end = (within: Db) => within.container.update({ data: { runs: { updateMany: { data: { state: "done" } } } } });',
    "no-run-writes",
  ],
  [
    "temporal/src/ends.ts",
    'export const end = (db: Db, id: string) => db.$executeRaw`UPDATE "Run" SET "state" = ${id}`;',
    "no-run-writes",
  ],
  [
    "temporal/src/reads.ts",
    "type Db = { run: { findMany(what: object): void } }; export const read = (db: Db) => { db.run.findMany({ where: { runs: { some: {} } } }); };",
    undefined,
  ],
  [
    "temporal/src/ends.test.ts",
    "type Db = { run: { update(what: object): void } }; export const end = (db: Db) => { db.run.update({ data: {} }); };",
    undefined,
  ],
  [
    "packages/records/src/ends.ts",
    "type Db = { run: { update(what: object): void } }; export const end = (db: Db) => { db.run.update({ data: {} }); };",
    undefined,
  ],
  [
    "packages/records/src/tells.ts",
    "type Db = { containerEvent: { create(what: object): void } }; export const tell = (db: Db) => { db.containerEvent.create({ data: {} }); };",
    "no-event-writes",
  ],
  [
    "temporal/src/tells.ts",
    'export const keep = (db: any) => db.container.update({ data: { events: { create: { type: "container.failed" } } } });',
    "no-event-writes",
  ],
  [
    "packages/records/src/record-event.ts",
    "type Db = { containerEvent: { create(what: object): void } }; export const tell = (db: Db) => { db.containerEvent.create({ data: {} }); };",
    undefined,
  ],
  [
    "temporal/src/stores.ts",
    'export const keep = (db: any) => db.proxmoxNode.update({ data: { state: "unreachable", stateReason: "It is far away." } });',
    "no-stored-sentences",
  ],
  [
    "packages/records/src/stores.ts",
    "export const keep = (db: any, node: string) => db.step.upsert({ create: { detail: `far from ${node}` } });",
    "no-stored-sentences",
  ],
  [
    "temporal/src/stores-either.ts",
    "export const keep = (db: any, by?: string) => db.runStep.update({ data: { detail: by === undefined ? null : `skipped by ${by}` } });",
    "no-stored-sentences",
  ],
  [
    "temporal/src/stores-codes.ts",
    'type Db = { node: { update(what: object): void } }; export const keep = (db: Db) => { db.node.update({ data: { stateReason: { why: "checking" } } }); };',
    undefined,
  ],
  ["packages/api/src/rooms/all.ts", 'export * from "./one";', "no-barrels"],
  ["packages/api/src/index.ts", 'export * from "./one";', undefined],
  [
    "packages/api/src/rooms/own.ts",
    "export const own = (db: any, id: string, userId: string) => db.room.findFirst({ where: { id, userId } });",
    "owned-by-access",
  ],
  [
    "packages/api/src/rooms/list.ts",
    "export const list = (db: any, ids: string[]) => db.room.findMany({ where: { projectId: { in: ids } } });",
    "owned-by-access",
  ],
  [
    "packages/api/src/rooms/lock.ts",
    'export const lock = (db: any, id: string, by: string) => db.$queryRaw`SELECT 1 FROM "Room" WHERE "id" = ${id} AND "userId" = ${by}`;',
    "owned-by-access",
  ],
  [
    "packages/api/src/access/rooms.ts",
    "export const own = (db: Rooms, id: string, userId: string) => db.find({ where: { id, userId } }); interface Rooms { find: (query: object) => object }",
    undefined,
  ],
  ...Object.keys(runKinds).flatMap((kind) =>
    [
      ["compares", `run.kind === "${kind}"`],
      ["compares-other", `"${kind}" !== run.kind`],
      ["lists", `["${kind}"].includes(run.kind)`],
    ].map(
      ([name, of]) =>
        [
          `packages/api/src/${name}-${kind}.ts`,
          `export const is = (run: { kind: string }) => ${of};`,
          "no-run-kinds",
        ] as const,
    ),
  ),
  [
    "packages/api/src/switches.ts",
    'export const verb = (kind: string) => { switch (kind) { case "start": return "Start"; default: return ""; } };',
    "no-run-kinds",
  ],
  ["packages/api/src/map.ts", 'export const verbs = { provision: "Create", start: "Start" };', "no-run-kinds"],
  ["packages/api/src/maps.ts", "type RunKind = 1; export const verbs = {} as Record<RunKind, string>;", "no-run-kinds"],
  [
    "packages/api/src/steps.ts",
    'export const isStop = (steps: { name: string }[]) => steps.some(({ name }) => name === "stop");',
    undefined,
  ],
  ["packages/domain/src/run/run-kinds.ts", "type RunKind = 1; export type Table = Record<RunKind, string>;", undefined],
  ["packages/api/src/long.ts", "\n".repeat(301), "max-lines"],
  ["packages/api/src/long.test.ts", "\n".repeat(499), undefined],
  ["packages/api/src/params.ts", "export const four = (a: 1, b: 1, c: 1, d: 1) => [a, b, c, d];", "max-params"],
  ["faults/src/params.ts", "export const four = (a: 1, b: 1, c: 1, d: 1) => [a, b, c, d];", undefined],
  ["packages/api/src/prints.ts", 'console.log("secret");', "no-console"],
  ["packages/api/src/later.ts", "// TODO: the rest", "no-warning-comments"],
  [
    "packages/api/src/floats.ts",
    "export const go = () => { work(); }; const work = async () => 1;",
    "no-floating-promises",
  ],
  ["packages/api/src/types.ts", 'export const port: number = "22";', "TS2322"],
  [
    "apps/dashboard/features/effect.tsx",
    'import { useState, useEffect } from "react"; export function A() { const [a, set] = useState(0); useEffect(() => { set(1); }, []); return a; }',
    "set-state-in-effect",
  ],
];

let home: string;
let refused: (file: string) => string;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), "homeport-laws-"));
  for (const name of [".oxlintrc.json", "tsconfig.base.json", "scripts/lint/laws.mjs"])
    await cp(path.join(ROOT, name), path.join(home, name));
  await writeFile(path.join(home, "tsconfig.json"), '{ "extends": "./tsconfig.base.json" }');
  await symlink(path.join(ROOT, "node_modules"), path.join(home, "node_modules"));
  for (const [file, text] of cases) {
    await mkdir(path.dirname(path.join(home, file)), { recursive: true });
    await writeFile(path.join(home, file), text);
  }
  const { stdout } = await run(
    process.execPath,
    [path.join(ROOT, "node_modules/oxlint/bin/oxlint"), "--type-check", "-f", "unix"],
    { cwd: home },
  ).catch((failed: { stdout: string }) => failed);
  refused = (file) =>
    stdout
      .split("\n")
      .filter((line) => line.startsWith(`${file}:`))
      .join("\n");
});
afterAll(() => rm(home, { recursive: true, force: true }));

test.each(cases)("%s: %s", (file, _text, rule) => {
  if (rule === undefined) expect(refused(file)).not.toMatch(/no-|max-/);
  else expect(refused(file)).toContain(rule);
});
