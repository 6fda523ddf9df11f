// The templates folder in the database.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { testDatabase, type TestDatabase } from "@homeport/db/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadTemplates } from "./load-templates";

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  folder = await mkdtemp(path.join(tmpdir(), "homeport-templates-"));
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

const yaml = (title: string) => `title: ${title}
summary: One line.
icon: globe
category: web
os: { family: debian, version: "12" }
defaults: { cores: 1, memoryMib: 256, swapMib: 0, diskGib: 2 }
estimate: { seconds: 10, downloadMib: 1 }
scripts:
  - { name: configure, title: Configure, file: scripts/10-configure.sh }
`;

async function write(name: string, text: string): Promise<void> {
  await mkdir(path.join(folder, name, "scripts"), { recursive: true });
  await writeFile(path.join(folder, name, "template.yaml"), text);
  await writeFile(path.join(folder, name, "scripts", "10-configure.sh"), "log hello\n");
}

test("a folder becomes a revision; unchanged it adds none; changed it adds one; gone it is retired and back it is offered again", async () => {
  await write("web", yaml("Web"));
  expect(await loadTemplates(database.db, folder)).toEqual({ added: ["web"], unchanged: 0, retired: [], problems: [] });
  expect(await loadTemplates(database.db, folder)).toMatchObject({ added: [], unchanged: 1 });
  await write("web", yaml("Web server"));
  expect(await loadTemplates(database.db, folder)).toMatchObject({ added: ["web"] });
  await write("web", yaml("Web"));
  expect(await loadTemplates(database.db, folder)).toMatchObject({ added: ["web"] });
  const revisions = await database.db.templateRevision.findMany({ orderBy: { revision: "asc" } });
  expect(revisions.map(({ revision }) => revision)).toEqual([2, 3]);
  expect(revisions[1]?.definition).toMatchObject({ name: "web", title: "Web", scripts: [{ name: "configure", content: "log hello\n" }] });

  await rm(path.join(folder, "web"), { recursive: true });
  expect(await loadTemplates(database.db, folder)).toMatchObject({ retired: ["web"] });
  await write("web", yaml("Web"));
  expect(await loadTemplates(database.db, folder)).toMatchObject({ unchanged: 1 });
  expect((await database.db.template.findUnique({ where: { name: "web" } }))?.retiredAt).toBeNull();
});

test("what is wrong is told by file and line, and the others are read all the same", async () => {
  await write("good", yaml("Good"));
  await write("wrong", yaml("Wrong").replace("cores: 1", "cores: none"));
  await write("broken", `${yaml("Broken")}tags: [a\n`);
  await write("lost", yaml("Lost").replace("10-configure.sh", "99-lost.sh"));
  await write("outside", yaml("Outside").replace("scripts/10-configure.sh", "../web/template.yaml"));
  const { problems, added } = await loadTemplates(database.db, folder);
  expect(added).toContain("good");
  expect(problems).toHaveLength(4);
  expect(problems.join("\n")).toMatch(/wrong\/template\.yaml:6: defaults\.cores: /);
  expect(problems.join("\n")).toMatch(/broken\/template\.yaml:\d+: /);
  expect(problems.join("\n")).toContain("99-lost.sh cannot be read");
  expect(problems.join("\n")).toContain("outside the template's folder");
});
