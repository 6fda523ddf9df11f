// One folder under templates/ as a definition, or what is wrong with it, by file and line.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { TemplateDefinition } from "@homeport/domain/template";
import { isNode, LineCounter, parseDocument, type Document } from "yaml";
import { z } from "zod";

/** As the file has it: texts are named, not written out. */
const File = z.looseObject({ source: z.string() });
const Script = z.looseObject({ name: z.string(), file: z.string() });
const TemplateYaml = z.looseObject({ files: z.array(File).default([]), scripts: z.array(Script).default([]) });

export class TemplateProblem extends Error {
  override readonly name = "TemplateProblem";
}

export async function readTemplate(folder: string): Promise<TemplateDefinition> {
  const file = path.join(folder, "template.yaml");
  const lines = new LineCounter();
  const document = parseDocument(await readText(file, folder), { lineCounter: lines });
  const [broken] = document.errors;
  if (broken) throw new TemplateProblem(`${file}:${lines.linePos(broken.pos[0]).line}: ${broken.message.split("\n")[0]}`);
  const where = { file, document, lines };

  const yaml = parse(TemplateYaml, document.toJS() ?? {}, where);
  const files = await Promise.all(yaml.files.map(async ({ source, ...rest }) => ({ ...rest, content: await readText(inFolder(folder, source, file), file) })));
  const scripts = await Promise.all(yaml.scripts.map(async ({ file: script, ...rest }) => ({ ...rest, content: await readText(inFolder(folder, script, file), file) })));
  return parse(TemplateDefinition, { ...yaml, name: path.basename(folder), files, scripts }, where);
}

interface Where {
  file: string;
  document: Document;
  lines: LineCounter;
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown, where: Where): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path: at, message }) => `${where.file}:${lineOf(at, where)}: ${at.join(".") || "template"}: ${message}`);
  throw new TemplateProblem(problems.join("\n"));
}

/** The line of the nearest thing on the way to what is wrong; what is missing has none of its own. */
function lineOf(at: readonly PropertyKey[], { document, lines }: Where): number {
  for (let depth = at.length; depth > 0; depth -= 1) {
    const node: unknown = document.getIn(at.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

/** Scripts and files come from the template's own folder. */
function inFolder(folder: string, name: string, file: string): string {
  const full = path.resolve(folder, name);
  if (!full.startsWith(path.resolve(folder) + path.sep)) throw new TemplateProblem(`${file}: ${name} lies outside the template's folder`);
  return full;
}

async function readText(file: string, from: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new TemplateProblem(`${from}: ${path.basename(file)} cannot be read`, { cause });
  }
}
