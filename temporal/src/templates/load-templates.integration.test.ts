// The templates folder in the database.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { testDatabase, type TestDatabase } from "@homeport/db/testing";
import { encodingOf, TemplateDefinition } from "@homeport/domain/template/template";
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

const revisionsOf = (name: string) =>
  database.db.templateRevision.findMany({ where: { template: { name } }, orderBy: { revision: "asc" } });

async function write(name: string, text: string): Promise<void> {
  await mkdir(path.join(folder, name, "scripts"), { recursive: true });
  await writeFile(path.join(folder, name, "template.yaml"), text);
  await writeFile(path.join(folder, name, "scripts", "10-configure.sh"), "log hello\n");
}

test("a folder becomes a revision; unchanged it adds none; changed it adds one; gone it is retired and back it is offered again", async () => {
  await write("web", yaml("Web"));
  expect(await loadTemplates(database.db, folder)).toEqual({
    added: ["web"],
    unchanged: 0,
    retired: [],
    problems: [],
    mended: [],
  });
  expect(await loadTemplates(database.db, folder)).toMatchObject({ added: [], unchanged: 1 });
  await write("web", yaml("Web server"));
  expect(await loadTemplates(database.db, folder)).toMatchObject({ added: ["web"] });
  await write("web", yaml("Web"));
  expect(await loadTemplates(database.db, folder)).toMatchObject({ added: ["web"] });
  const revisions = await revisionsOf("web");
  expect(revisions.map(({ revision }) => revision)).toEqual([1, 2, 3]);
  expect(revisions[2]?.definition).toMatchObject({
    name: "web",
    title: "Web",
    scripts: [{ name: "configure", content: "log hello\n" }],
  });

  await rm(path.join(folder, "web"), { recursive: true });
  expect(await loadTemplates(database.db, folder)).toMatchObject({ retired: ["web"] });
  await write("web", yaml("Web"));
  expect(await loadTemplates(database.db, folder)).toMatchObject({ unchanged: 1 });
  expect((await database.db.template.findUnique({ where: { name: "web" } }))?.retiredAt).toBeNull();
});

test("content that returns is a new revision: what was made from an old one keeps its number and its scripts", async () => {
  await write("turn", yaml("One"));
  await loadTemplates(database.db, folder);
  const [first] = await revisionsOf("turn");
  await write("turn", yaml("Two"));
  await loadTemplates(database.db, folder);
  await write("turn", yaml("One"));

  await loadTemplates(database.db, folder);
  await loadTemplates(database.db, folder);

  const [one, two, three, ...more] = await revisionsOf("turn");
  expect(one).toEqual(first);
  expect([two?.revision, three?.revision, more.length]).toEqual([2, 3, 0]);
  expect(three?.definition).toEqual(one?.definition);
  expect(three?.hash).toBe(one?.hash);
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

const bytesOf = (definition: unknown) =>
  TemplateDefinition.parse(definition).files.map((file) => Buffer.from(file.content, encodingOf(file)));

test("files are carried byte for byte; texts stay texts, so that a revision of an earlier Homeport is still the same one", async () => {
  const files = {
    "text.conf": Buffer.from("Grüße\n"),
    "windows.ini": Buffer.from("\uFEFFa\r\nb\rc"),
    "latin1.conf": Buffer.from("Gr\u00fc\u00dfe", "latin1"),
    "zeros.bin": Buffer.alloc(16),
    "key.gpg": Buffer.from([0x99, 0x01, 0x0d, 0x0a, 0x00, 0xff, 0xfe]),
    empty: Buffer.alloc(0),
  };
  const list = Object.keys(files)
    .map((name) => `  - { source: files/${name}, target: /etc/${name}, encoding: base64 }\n`)
    .join("");
  await write("bytes", `${yaml("Bytes")}files:\n${list}`);
  await mkdir(path.join(folder, "bytes", "files"));
  for (const [name, bytes] of Object.entries(files)) await writeFile(path.join(folder, "bytes", "files", name), bytes);
  expect(await loadTemplates(database.db, folder)).toMatchObject({ added: ["bytes"] });
  const { definition } = await database.db.templateRevision.findFirstOrThrow({
    where: { template: { name: "bytes" } },
  });
  expect(bytesOf(definition)).toEqual(Object.values(files));
  expect(TemplateDefinition.parse(definition).files.map(({ encoding }) => encoding)).toEqual([
    undefined,
    undefined,
    "base64",
    "base64",
    "base64",
    undefined,
  ]);
  expect(definition).toMatchObject({
    files: [{ content: "Grüße\n" }, { content: "\uFEFFa\r\nb\rc" }, {}, {}, {}, { content: "" }],
  });
});

test("a script from Windows is mended with a note; one that no shell can read is refused by its line", async () => {
  const script = (name: string, bytes: Buffer) =>
    writeFile(path.join(folder, name, "scripts", "10-configure.sh"), bytes);
  for (const name of ["windows", "return", "zero", "latin", "large"]) await write(name, yaml(name));
  await script("windows", Buffer.from("\uFEFF#!/bin/bash\r\necho a\r\n"));
  await script("return", Buffer.from("log a\nlog b\rlog c\n"));
  await script("zero", Buffer.from("log a\n\nlog \0\n"));
  await script("latin", Buffer.from("log a\nlog Gr\u00fc\u00dfe\n", "latin1"));
  await script("large", Buffer.alloc(262_145, "#"));
  const { added, problems, mended } = await loadTemplates(database.db, folder);
  expect(added).toContain("windows");
  expect(mended).toEqual([
    expect.stringMatching(/windows\/scripts\/10-configure\.sh: the byte-order mark/),
    expect.stringMatching(/10-configure\.sh: its Windows line ends/),
  ]);
  const { definition } = await database.db.templateRevision.findFirstOrThrow({
    where: { template: { name: "windows" } },
  });
  expect(definition).toMatchObject({ scripts: [{ content: "#!/bin/bash\necho a\n" }] });
  for (const [name, what] of [
    ["return", "scripts/10-configure.sh:2: a carriage return"],
    ["zero", "scripts/10-configure.sh:3: a zero byte"],
    ["latin", "scripts/10-configure.sh:2: not UTF-8"],
    ["large", "10-configure.sh is larger than 256 KiB"],
  ] as const) {
    expect(problems.join("\n")).toContain(`${name}/`);
    expect((await database.db.template.findUniqueOrThrow({ where: { name } })).problem).toContain(what);
  }
});

test("a template that breaks keeps the revision it has and says why; mended, the reason is gone", async () => {
  await write("fragile", yaml("Fragile"));
  await loadTemplates(database.db, folder);
  await write("fragile", "title: [\n");
  await loadTemplates(database.db, folder);
  const broken = await database.db.template.findUniqueOrThrow({
    where: { name: "fragile" },
    include: { revisions: true },
  });
  expect(broken).toMatchObject({
    retiredAt: null,
    problem: expect.stringMatching(/^fragile\/template\.yaml:\d+: /) as unknown,
    revisions: [{ revision: 1 }],
  });
  await write("fragile", yaml("Fragile"));
  await loadTemplates(database.db, folder);
  expect((await database.db.template.findUniqueOrThrow({ where: { name: "fragile" } })).problem).toBeNull();
});

test("one that the database refuses is a problem like any other; a folder that cannot be read retires nothing", async () => {
  await write("refused", yaml("zero \\0 inside").replace("title: zero \\0 inside", 'title: "zero \\0 inside"'));
  await write("zz-after", yaml("After"));
  const { problems, added } = await loadTemplates(database.db, folder);
  expect(problems.join("\n")).toMatch(/refused: it cannot be stored: /);
  expect(added).toContain("zz-after");
  expect(await loadTemplates(database.db, path.join(folder, "nowhere"))).toMatchObject({
    retired: [],
    problems: [expect.stringContaining("the templates folder cannot be read")],
  });
});
