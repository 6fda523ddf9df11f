// Splits POSIX shell text into words, operators and redirections. Never runs anything.

export type Part =
  | { kind: "text"; text: string; quoted: boolean }
  | { kind: "variable"; name: string; operator: string; rest: Part[]; quoted: boolean }
  | { kind: "command"; script: string; quoted: boolean };

export interface Word {
  parts: Part[];
  /** The text when nothing in it was quoted or expanded: what reserved words are compared with. */
  bare: string | undefined;
}

export interface Redirect {
  fd: number;
  operator: "<" | ">" | ">>" | ">&" | "<&" | "<<";
  target: Word;
}

export type Token =
  | { type: "word"; word: Word }
  | { type: "redirect"; redirect: Redirect }
  | { type: "operator"; operator: string };

interface Scan {
  text: string;
  at: number;
  /** Here-documents whose bodies begin after this line. */
  waiting: { redirect: Redirect; end: string; tabs: boolean; literal: boolean }[];
}

export class ShellSyntaxError extends Error {
  override readonly name = "ShellSyntaxError";
}

const operators = ["&&", "||", ";;", ";", "&", "|", "(", ")", "\n"];
const breaks = " \t\n;&|<>()";

export function tokenize(text: string): Token[] {
  const scan: Scan = { text, at: 0, waiting: [] };
  const tokens: Token[] = [];
  for (;;) {
    skipBlank(scan);
    if (scan.at >= text.length) return tokens;
    const redirect = readRedirect(scan);
    if (redirect !== undefined) {
      tokens.push({ type: "redirect", redirect });
      continue;
    }
    const operator = operators.find((candidate) => text.startsWith(candidate, scan.at));
    if (operator !== undefined) {
      scan.at += operator.length;
      tokens.push({ type: "operator", operator });
      if (operator === "\n") readBodies(scan);
      continue;
    }
    tokens.push({ type: "word", word: readWord(scan) });
  }
}

function skipBlank(scan: Scan): void {
  for (;;) {
    const char = scan.text[scan.at];
    if (char === " " || char === "\t") scan.at += 1;
    else if (char === "\\" && scan.text[scan.at + 1] === "\n") scan.at += 2;
    else if (char === "#") scan.at = endOf(scan.text, "\n", scan.at);
    else return;
  }
}

function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found;
}

function readRedirect(scan: Scan): Redirect | undefined {
  const match = /^(\d*)(<<-|<<|>>|>&|<&|>\||<|>)/.exec(scan.text.slice(scan.at, scan.at + 8));
  if (match === null) return undefined;
  const [all = "", digits = "", sign = ""] = match;
  scan.at += all.length;
  skipBlank(scan);
  const usual = sign.startsWith("<") ? 0 : 1;
  const fd = digits === "" ? usual : Number(digits);
  const target = readWord(scan);
  if (sign !== "<<" && sign !== "<<-") {
    return { fd, operator: (sign === ">|" ? ">" : sign) as Redirect["operator"], target }; // the regex allows no other
  }
  const end = target.parts.map((part) => (part.kind === "text" ? part.text : "")).join("");
  const redirect: Redirect = { fd, operator: "<<", target: { parts: [], bare: undefined } };
  const literal = target.parts.some((part) => part.quoted);
  scan.waiting.push({ redirect, end, tabs: sign === "<<-", literal });
  return redirect;
}

function readBodies(scan: Scan): void {
  for (const { redirect, end, tabs, literal } of scan.waiting.splice(0)) {
    const lines: string[] = [];
    while (scan.at < scan.text.length) {
      const stop = endOf(scan.text, "\n", scan.at);
      const raw = scan.text.slice(scan.at, stop);
      const line = tabs ? raw.replace(/^\t+/, "") : raw;
      scan.at = Math.min(stop + 1, scan.text.length);
      if (line === end) break;
      lines.push(`${line}\n`);
    }
    const body = lines.join("");
    const parts: Part[] = literal ? [{ kind: "text", text: body, quoted: true }] : expandable(body);
    redirect.target = { parts, bare: undefined };
  }
}

/** Text in which only `$` and backslash mean something, as inside double quotes. */
function expandable(text: string): Part[] {
  const scan: Scan = { text, at: 0, waiting: [] };
  return readQuoted(scan, undefined);
}

function readWord(scan: Scan): Word {
  const parts: Part[] = [];
  let plain = true;
  const start = scan.at;
  while (scan.at < scan.text.length) {
    const char = scan.text[scan.at] ?? "";
    if (breaks.includes(char)) break;
    if (char === "'") {
      const stop = scan.text.indexOf("'", scan.at + 1);
      if (stop < 0) throw new ShellSyntaxError("Unterminated quoted string");
      parts.push({ kind: "text", text: scan.text.slice(scan.at + 1, stop), quoted: true });
      scan.at = stop + 1;
      plain = false;
    } else if (char === '"') {
      scan.at += 1;
      // An empty pair of quotes is still a word.
      parts.push({ kind: "text", text: "", quoted: true }, ...readQuoted(scan, '"'));
      plain = false;
    } else if (char === "\\") {
      const next = scan.text[scan.at + 1];
      if (next !== undefined && next !== "\n") parts.push({ kind: "text", text: next, quoted: true });
      scan.at += 2;
      plain = false;
    } else if (char === "$" || char === "`") {
      parts.push(readExpansion(scan, false));
      plain = false;
    } else {
      const rest = /^[^\s;&|<>()'"\\$`]+/.exec(scan.text.slice(scan.at))?.[0] ?? char;
      parts.push({ kind: "text", text: rest, quoted: false });
      scan.at += rest.length;
    }
  }
  return { parts, bare: plain ? scan.text.slice(start, scan.at) : undefined };
}

/** Up to the closing quote, or to the end when there is none to come. */
function readQuoted(scan: Scan, close: string | undefined): Part[] {
  const parts: Part[] = [];
  const add = (text: string) => parts.push({ kind: "text", text, quoted: true });
  while (scan.at < scan.text.length) {
    const char = scan.text[scan.at] ?? "";
    if (char === close) {
      scan.at += 1;
      return parts;
    }
    if (char === "\\") {
      const next = scan.text[scan.at + 1] ?? "";
      const escapes = close === undefined ? "$`\\" : '$`"\\';
      if (next === "\n") scan.at += 2;
      else if (escapes.includes(next) && next !== "") {
        add(next);
        scan.at += 2;
      } else {
        add("\\");
        scan.at += 1;
      }
    } else if (char === "$" || char === "`") parts.push(readExpansion(scan, true));
    else {
      const rest = /^[^"\\$`]+/.exec(scan.text.slice(scan.at))?.[0] ?? char;
      add(rest);
      scan.at += rest.length;
    }
  }
  if (close !== undefined) throw new ShellSyntaxError("Unterminated quoted string");
  return parts;
}

function readExpansion(scan: Scan, quoted: boolean): Part {
  const { text } = scan;
  if (text[scan.at] === "`") {
    const stop = endOf(text, "`", scan.at + 1);
    const script = text.slice(scan.at + 1, stop);
    scan.at = stop + 1;
    return { kind: "command", script, quoted };
  }
  if (text[scan.at + 1] === "(") {
    const stop = closing(text, scan.at + 1, "()");
    const script = text.slice(scan.at + 2, stop);
    scan.at = stop + 1;
    return script.startsWith("(") ? { kind: "text", text: "0", quoted } : { kind: "command", script, quoted };
  }
  if (text[scan.at + 1] === "{") {
    const stop = closing(text, scan.at + 1, "{}");
    const inner = text.slice(scan.at + 2, stop);
    scan.at = stop + 1;
    const [, name = "", operator = "", rest = ""] =
      /^(#?(?:[A-Za-z_]\w*|\d+|[?#@*$!]))(:?[-+=?]|%%?|##?)?([\s\S]*)$/.exec(inner) ?? [];
    return { kind: "variable", name, operator, rest: expandable(rest.replace(/^"([\s\S]*)"$/, "$1")), quoted };
  }
  const name = /^([A-Za-z_]\w*|[0-9?#@*$!])/.exec(text.slice(scan.at + 1, scan.at + 80))?.[0];
  scan.at += 1 + (name?.length ?? 0);
  return name === undefined
    ? { kind: "text", text: "$", quoted }
    : { kind: "variable", name, operator: "", rest: [], quoted };
}

function closing(text: string, from: number, pair: "()" | "{}"): number {
  const [open, close] = pair;
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const char = text[at];
    if (char === "\\") at += 1;
    else if (char === "'") at = endOf(text, "'", at + 1);
    else if (char === open) depth += 1;
    else if (char === close) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  throw new ShellSyntaxError(`Unterminated ${pair}`);
}
