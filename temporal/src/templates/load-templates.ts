// The templates folder into the database: each change a new immutable revision, what is unchanged left alone.
import { createHash } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { Db } from "@homeport/db/client";
import { isDatabaseAway } from "@homeport/db/database-away";
import { canonical } from "@homeport/domain/canonical";
import type { TemplateDefinition } from "@homeport/domain/template/template";
import { readTemplate } from "./read-template";
import { TemplateProblem } from "./template-problem";

export interface Loaded {
  /** Names with a new revision. */
  added: string[];
  unchanged: number;
  /** No longer in the folder. */
  retired: string[];
  /** A template with a problem keeps the revision it has, and its row says why; the others are read all the same. */
  problems: string[];
  /** What was made fit to run, by file. */
  mended: string[];
}

/** What is stored of a reason, in characters. */
const MOST_REASON = 2_000;

/** Rejects only when the database does not answer. */
export async function loadTemplates(db: Db, templates: string): Promise<Loaded> {
  const folder = path.resolve(templates);
  const loaded: Loaded = { added: [], unchanged: 0, retired: [], problems: [], mended: [] };
  const names = await templateNames(folder).catch((error: unknown) => {
    // Nothing is concluded from a folder that cannot be read: what is offered stays.
    loaded.problems.push(`${folder}: the templates folder cannot be read: ${reasonOf(error)}`);
    return undefined;
  });
  if (names === undefined) return loaded;
  for (const name of names) {
    try {
      const { definition, mended } = await readTemplate(path.join(folder, name));
      loaded.mended.push(...mended);
      if (await keepRevision(db, definition)) loaded.added.push(name);
      else loaded.unchanged += 1;
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      const problem =
        error instanceof TemplateProblem
          ? error.message
          : `${path.join(folder, name)}: it cannot be stored: ${reasonOf(error)}`;
      loaded.problems.push(problem);
      await keepProblem(db, name, problem.replaceAll(`${folder}${path.sep}`, "").slice(0, MOST_REASON));
    }
  }
  const gone = await db.template.findMany({
    where: { retiredAt: null, name: { notIn: names } },
    select: { name: true },
  });
  loaded.retired = gone.map(({ name }) => name);
  await db.template.updateMany({ where: { name: { in: loaded.retired } }, data: { retiredAt: new Date() } });
  return loaded;
}

/** The row exists for its reason when there is no revision yet. */
async function keepProblem(db: Db, name: string, problem: string): Promise<void> {
  await db.template
    .upsert({ where: { name }, create: { name, problem }, update: { problem, retiredAt: null } })
    .catch((error: unknown) => {
      if (isDatabaseAway(error)) throw error; // else the reason stands in the log alone
    });
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? (error.message.split("\n").filter(Boolean).at(-1) ?? error.name) : String(error);

async function templateNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith(".")).map(({ name }) => name);
  const found = await Promise.all(
    folders.map((name) =>
      stat(path.join(folder, name, "template.yaml")).then(
        () => name,
        () => undefined,
      ),
    ),
  );
  return found.filter((name) => name !== undefined).sort();
}

/** True when this content was not the newest revision. Content that returns is a new revision: an old one never changes its number. */
async function keepRevision(db: Db, definition: TemplateDefinition): Promise<boolean> {
  const hash = createHash("sha256").update(canonical(definition)).digest("hex");
  return db.$transaction(async (transaction) => {
    // Two workers that start at once read the same folder.
    await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`Template:${definition.name}`}))`;
    const template = await transaction.template.upsert({
      where: { name: definition.name },
      create: { name: definition.name },
      update: { retiredAt: null, problem: null },
      select: { id: true },
    });
    const newest = await transaction.templateRevision.findFirst({
      where: { templateId: template.id },
      orderBy: { revision: "desc" },
      select: { revision: true, hash: true },
    });
    if (newest?.hash === hash) return false;
    const revision = (newest?.revision ?? 0) + 1;
    await transaction.templateRevision.create({ data: { templateId: template.id, revision, hash, definition } });
    return true;
  });
}
