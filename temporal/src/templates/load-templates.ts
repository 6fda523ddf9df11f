// The templates folder into the database: each change a new immutable revision, what is unchanged left alone.
import { createHash } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { Db } from "@homeport/db/client";
import type { TemplateDefinition } from "@homeport/domain/template";
import { readTemplate, TemplateProblem } from "./read-template";

export interface Loaded {
  /** Names with a new revision. */
  added: string[];
  unchanged: number;
  /** No longer in the folder. */
  retired: string[];
  /** A template with a problem keeps the revision it has. */
  problems: string[];
}

export async function loadTemplates(db: Db, folder: string): Promise<Loaded> {
  const loaded: Loaded = { added: [], unchanged: 0, retired: [], problems: [] };
  const names = await templateNames(folder);
  for (const name of names) {
    try {
      const definition = await readTemplate(path.join(folder, name));
      if (await keepRevision(db, definition)) loaded.added.push(name);
      else loaded.unchanged += 1;
    } catch (error) {
      if (!(error instanceof TemplateProblem)) throw error;
      loaded.problems.push(error.message);
    }
  }
  const gone = await db.template.findMany({ where: { retiredAt: null, name: { notIn: names } }, select: { name: true } });
  loaded.retired = gone.map(({ name }) => name);
  await db.template.updateMany({ where: { name: { in: loaded.retired } }, data: { retiredAt: new Date() } });
  return loaded;
}

async function templateNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith(".")).map(({ name }) => name);
  const found = await Promise.all(folders.map((name) => stat(path.join(folder, name, "template.yaml")).then(() => name, () => undefined)));
  return found.filter((name) => name !== undefined).sort();
}

/** True when this content was not the newest revision. Content of an earlier revision becomes the newest by its number again. */
async function keepRevision(db: Db, definition: TemplateDefinition): Promise<boolean> {
  const hash = createHash("sha256").update(canonical(definition)).digest("hex");
  return db.$transaction(async (transaction) => {
    // Two workers that start at once read the same folder.
    await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`Template:${definition.name}`}))`;
    const template = await transaction.template.upsert({ where: { name: definition.name }, create: { name: definition.name }, update: { retiredAt: null }, select: { id: true } });
    const newest = await transaction.templateRevision.findFirst({ where: { templateId: template.id }, orderBy: { revision: "desc" }, select: { revision: true, hash: true } });
    if (newest?.hash === hash) return false;
    const revision = (newest?.revision ?? 0) + 1;
    const known = await transaction.templateRevision.findUnique({ where: { templateId_hash: { templateId: template.id, hash } }, select: { id: true } });
    if (known) await transaction.templateRevision.update({ where: { id: known.id }, data: { revision } });
    else await transaction.templateRevision.create({ data: { templateId: template.id, revision, hash, definition } });
    return true;
  });
}

/** The same text for the same content: keys in order at every depth. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value).filter(([, one]) => one !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(",")}}`;
}
