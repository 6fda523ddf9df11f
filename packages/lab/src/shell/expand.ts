// Expands shell words: variables, command substitution, quoting, field splitting.

import { runShell, type ShellContext } from "./run";
import type { Part, Word } from "./tokens";

export async function expandWord(word: Word, context: ShellContext): Promise<string> {
  const texts: string[] = [];
  for (const part of word.parts) texts.push(await expandPart(part, context));
  return texts.join("");
}

/** Unquoted expansions split at blanks; quoted ones never do. */
export async function expandWords(words: readonly Word[], context: ShellContext): Promise<string[]> {
  const result: string[] = [];
  for (const word of words) result.push(...(globbed(word, context) ?? (await fields(word, context))));
  return result;
}

/** The files that an unquoted pattern in the last part of a path names; as it is written when there is none, as in bash. */
function globbed({ parts }: Word, { fs }: ShellContext): string[] | undefined {
  const [part] = parts;
  if (parts.length !== 1 || part?.kind !== "text" || part.quoted || !part.text.includes("*")) return undefined;
  const [, directory = "", pattern = ""] = /^(.*\/)([^/]+)$/.exec(part.text) ?? [];
  if (directory === "" || directory.includes("*")) return undefined;
  const names = fs.list(directory.replace(/\/$/, "") || "/").filter((name) => matchesPattern(pattern, name));
  return names.length === 0 ? undefined : names.map((name) => `${directory}${name}`);
}

async function fields(word: Word, context: ShellContext): Promise<string[]> {
  const found: string[] = [];
  let open: string | undefined;
  for (const part of word.parts) {
    if (part.kind === "variable" && part.name === "@") {
      const all = context.positional.slice(1);
      const [first, ...rest] = all;
      if (first !== undefined) {
        open = (open ?? "") + first;
        for (const next of rest) {
          found.push(open);
          open = next;
        }
      }
      continue;
    }
    const text = await expandPart(part, context);
    if (part.quoted || part.kind === "text") {
      open = (open ?? "") + text;
      continue;
    }
    const pieces = text.split(/\s+/);
    for (const [index, piece] of pieces.entries()) {
      if (index > 0 && open !== undefined) {
        found.push(open);
        open = undefined;
      }
      if (piece !== "") open = (open ?? "") + piece;
    }
  }
  if (open !== undefined) found.push(open);
  return found;
}

async function expandPart(part: Part, context: ShellContext): Promise<string> {
  if (part.kind === "text") return part.text;
  if (part.kind === "variable") return expandVariable(part, context);
  const chunks: Buffer[] = [];
  const inner: ShellContext = { ...context, variables: new Map(context.variables), errexit: false };
  const code = await runShell(part.script, inner, {
    stdin: () => Promise.resolve(Buffer.alloc(0)),
    stdout: (bytes) => void chunks.push(bytes),
    stderr: () => undefined,
  });
  context.status = code;
  return Buffer.concat(chunks).toString("utf8").replace(/\n+$/, "");
}

async function expandVariable(part: Part & { kind: "variable" }, context: ShellContext): Promise<string> {
  const { name, operator } = part;
  if (name.startsWith("#") && name.length > 1) return String((value(name.slice(1), context) ?? "").length);
  const found = value(name, context);
  const rest = () => expandWord({ parts: part.rest, bare: undefined }, context);
  const empty = found === undefined || (operator.startsWith(":") && found === "");
  switch (operator.replace(":", "")) {
    case "-":
    case "=":
      return empty ? rest() : found;
    case "+":
      return empty ? "" : rest();
    case "%":
    case "%%":
      return withoutSuffix(found ?? "", await rest(), operator === "%%");
    case "#":
    case "##":
      return withoutPrefix(found ?? "", await rest(), operator === "##");
    default:
      return found ?? "";
  }
}

function value(name: string, context: ShellContext): string | undefined {
  if (name === "?") return String(context.status);
  if (name === "#") return String(context.positional.length - 1);
  if (name === "@" || name === "*") return context.positional.slice(1).join(" ");
  if (name === "$") return "4242";
  if (/^\d$/.test(name)) return context.positional[Number(name)];
  return context.variables.get(name);
}

function withoutSuffix(text: string, pattern: string, longest: boolean): string {
  const cuts = Array.from({ length: text.length + 1 }, (_, index) => (longest ? index : text.length - index));
  const cut = cuts.find((at) => matchesPattern(pattern, text.slice(at)));
  return cut === undefined ? text : text.slice(0, cut);
}

function withoutPrefix(text: string, pattern: string, longest: boolean): string {
  const cuts = Array.from({ length: text.length + 1 }, (_, index) => (longest ? text.length - index : index));
  const cut = cuts.find((at) => matchesPattern(pattern, text.slice(0, at)));
  return cut === undefined ? text : text.slice(cut);
}

/** Shell patterns: `*`, `?`, `[…]`. */
export function matchesPattern(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replaceAll("*", "[\\s\\S]*")
    .replaceAll("?", "[\\s\\S]");
  try {
    return new RegExp(`^${source.replaceAll("[!", "[^")}$`).test(text);
  } catch {
    return pattern === text;
  }
}
