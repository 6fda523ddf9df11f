// One folder under templates/ as a definition, or what is wrong with it, by file and line.
import path from "node:path";
import { TemplateDefinition } from "@homeport/domain/template/template";
import { isNode, LineCounter, parseDocument, type Document } from "yaml";
import "@homeport/domain/text/input-messages";
import { z } from "zod";
import { readContent, readScript, readText } from "./read-content";
import { TemplateProblem } from "./template-problem";

/** As the file has it: texts are named, not written out. */
const File = z.looseObject({ source: z.string() });
const Script = z.looseObject({ name: z.string(), file: z.string() });
const TemplateYaml = z.looseObject({ files: z.array(File).default([]), scripts: z.array(Script).default([]) });

export interface Read {
  definition: TemplateDefinition;
  /** What is not as the folder has it, by file. */
  mended: string[];
}

export async function readTemplate(folder: string): Promise<Read> {
  const file = path.join(folder, "template.yaml");
  const lines = new LineCounter();
  const document = parseDocument(await readText({ file, from: folder }), { lineCounter: lines });
  const [broken] = document.errors;
  if (broken)
    throw new TemplateProblem(`${file}:${lines.linePos(broken.pos[0]).line}: ${broken.message.split("\n")[0]}`);
  const where = { file, document, lines };

  const yaml = parse(TemplateYaml, document.toJS() ?? {}, where);
  const named = (name: string) => ({ file: inFolder(folder, name, file), from: file });
  const files = await Promise.all(
    yaml.files.map(async ({ source, encoding: _, ...rest }) => ({ ...rest, ...(await readContent(named(source))) })),
  );
  const mended: string[] = [];
  const scripts = await Promise.all(
    yaml.scripts.map(async ({ file: script, ...rest }) => {
      const { content, mended: more } = await readScript(named(script));
      mended.push(...more);
      return { ...rest, content };
    }),
  );
  return {
    definition: parse(TemplateDefinition, { ...yaml, name: path.basename(folder), files, scripts }, where),
    mended,
  };
}

interface Where {
  file: string;
  document: Document;
  lines: LineCounter;
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown, where: Where): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    ({ path: at, message }) => `${where.file}:${lineOf(at, where)}: ${at.join(".") || "template"}: ${message}`,
  );
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
  if (!full.startsWith(path.resolve(folder) + path.sep))
    throw new TemplateProblem(`${file}: ${name} lies outside the template's folder`);
  return full;
}
