// Tokens to commands: lists, pipelines, if, for, while, case, groups, functions.

import { ShellSyntaxError, tokenize, type Redirect, type Token, type Word } from "./tokens";

export type Command =
  | { kind: "simple"; words: Word[]; redirects: Redirect[] }
  | { kind: "if"; branches: { condition: List; body: List }[]; otherwise: List }
  | { kind: "for"; name: string; words: Word[] | undefined; body: List }
  | { kind: "while"; until: boolean; condition: List; body: List }
  | { kind: "case"; subject: Word; arms: { patterns: Word[]; body: List }[] }
  | { kind: "group"; body: List; redirects: Redirect[] }
  | { kind: "function"; name: string; body: Command };

export interface Pipeline {
  negated: boolean;
  commands: Command[];
}

/** `joined` says how the pipeline hangs on the one before it. */
export type List = { joined: ";" | "&&" | "||"; pipeline: Pipeline }[];

interface Reader {
  tokens: Token[];
  at: number;
}

export function parse(text: string): List {
  const reader: Reader = { tokens: tokenize(text), at: 0 };
  const list = readList(reader, []);
  if (reader.at < reader.tokens.length) throw new ShellSyntaxError("Syntax error: unexpected token");
  return list;
}

const peek = (reader: Reader) => reader.tokens[reader.at];

function bare(token: Token | undefined): string | undefined {
  return token?.type === "word" ? token.word.bare : undefined;
}

function isOperator(reader: Reader, ...names: string[]): boolean {
  const token = peek(reader);
  return token?.type === "operator" && names.includes(token.operator);
}

function skipNewlines(reader: Reader): void {
  while (isOperator(reader, "\n", ";")) reader.at += 1;
}

function expectWord(reader: Reader, text: string): void {
  if (bare(peek(reader)) !== text) throw new ShellSyntaxError(`Syntax error: "${text}" expected`);
  reader.at += 1;
}

function readList(reader: Reader, until: readonly string[]): List {
  const list: List = [];
  let joined: ";" | "&&" | "||" = ";";
  for (;;) {
    while (isOperator(reader, "\n", ";", "&")) reader.at += 1;
    const token = peek(reader);
    if (token === undefined || until.includes(bare(token) ?? "") || isOperator(reader, ")", ";;")) return list;
    list.push({ joined, pipeline: readPipeline(reader) });
    joined = ";";
    if (isOperator(reader, "&&", "||")) {
      joined = isOperator(reader, "&&") ? "&&" : "||";
      reader.at += 1;
      while (isOperator(reader, "\n")) reader.at += 1;
    }
  }
}

function readPipeline(reader: Reader): Pipeline {
  const negated = bare(peek(reader)) === "!";
  if (negated) reader.at += 1;
  const commands = [readCommand(reader)];
  while (isOperator(reader, "|")) {
    reader.at += 1;
    while (isOperator(reader, "\n")) reader.at += 1;
    commands.push(readCommand(reader));
  }
  return { negated, commands };
}

function readCommand(reader: Reader): Command {
  if (isOperator(reader, "(")) {
    reader.at += 1;
    const body = readList(reader, []);
    if (!isOperator(reader, ")")) throw new ShellSyntaxError('Syntax error: ")" expected');
    reader.at += 1;
    return { kind: "group", body, redirects: readRedirects(reader) };
  }
  const word = bare(peek(reader));
  if (word === "{") {
    reader.at += 1;
    const body = readList(reader, ["}"]);
    expectWord(reader, "}");
    return { kind: "group", body, redirects: readRedirects(reader) };
  }
  if (word === "if") return withRedirects(reader, readIf(reader));
  if (word === "for") return withRedirects(reader, readFor(reader));
  if (word === "while" || word === "until") return withRedirects(reader, readWhile(reader, word === "until"));
  if (word === "case") return withRedirects(reader, readCase(reader));
  return readSimple(reader);
}

function readRedirects(reader: Reader): Redirect[] {
  const redirects: Redirect[] = [];
  for (let token = peek(reader); token?.type === "redirect"; token = peek(reader)) {
    redirects.push(token.redirect);
    reader.at += 1;
  }
  return redirects;
}

function withRedirects(reader: Reader, command: Command): Command {
  const redirects = readRedirects(reader);
  if (redirects.length === 0) return command;
  return { kind: "group", body: [{ joined: ";", pipeline: { negated: false, commands: [command] } }], redirects };
}

function readSimple(reader: Reader): Command {
  const words: Word[] = [];
  const redirects: Redirect[] = [];
  for (let token = peek(reader); token !== undefined; token = peek(reader)) {
    if (token.type === "word") words.push(token.word);
    else if (token.type === "redirect") redirects.push(token.redirect);
    else if (token.operator === "(" && words.length === 1 && redirects.length === 0)
      return readFunction(reader, words[0]?.bare ?? "");
    else break;
    reader.at += 1;
  }
  if (words.length === 0 && redirects.length === 0) throw new ShellSyntaxError("Syntax error: command expected");
  return { kind: "simple", words, redirects };
}

function readFunction(reader: Reader, name: string): Command {
  reader.at += 1;
  if (!isOperator(reader, ")")) throw new ShellSyntaxError('Syntax error: ")" expected');
  reader.at += 1;
  skipNewlines(reader);
  return { kind: "function", name, body: readCommand(reader) };
}

function readIf(reader: Reader): Command {
  const branches: { condition: List; body: List }[] = [];
  let otherwise: List = [];
  reader.at += 1;
  for (;;) {
    const condition = readList(reader, ["then"]);
    expectWord(reader, "then");
    const body = readList(reader, ["elif", "else", "fi"]);
    branches.push({ condition, body });
    const next = bare(peek(reader));
    reader.at += 1;
    if (next === "elif") continue;
    if (next === "else") {
      otherwise = readList(reader, ["fi"]);
      expectWord(reader, "fi");
    } else if (next !== "fi") throw new ShellSyntaxError('Syntax error: "fi" expected');
    return { kind: "if", branches, otherwise };
  }
}

function readFor(reader: Reader): Command {
  reader.at += 1;
  const name = bare(peek(reader)) ?? "";
  reader.at += 1;
  let words: Word[] | undefined;
  if (bare(peek(reader)) === "in") {
    reader.at += 1;
    words = [];
    for (let token = peek(reader); token?.type === "word"; token = peek(reader)) {
      words.push(token.word);
      reader.at += 1;
    }
  }
  skipNewlines(reader);
  return { kind: "for", name, words, body: readDo(reader) };
}

function readWhile(reader: Reader, until: boolean): Command {
  reader.at += 1;
  const condition = readList(reader, ["do"]);
  return { kind: "while", until, condition, body: readDo(reader) };
}

function readDo(reader: Reader): List {
  expectWord(reader, "do");
  const body = readList(reader, ["done"]);
  expectWord(reader, "done");
  return body;
}

function readCase(reader: Reader): Command {
  reader.at += 1;
  const subject = peek(reader);
  if (subject?.type !== "word") throw new ShellSyntaxError("Syntax error: word expected");
  reader.at += 1;
  skipNewlines(reader);
  expectWord(reader, "in");
  const arms: { patterns: Word[]; body: List }[] = [];
  for (;;) {
    skipNewlines(reader);
    if (bare(peek(reader)) === "esac") break;
    if (isOperator(reader, "(")) reader.at += 1;
    const patterns: Word[] = [];
    for (let token = peek(reader); token !== undefined && !isOperator(reader, ")"); token = peek(reader)) {
      if (token.type === "word") patterns.push(token.word);
      reader.at += 1;
    }
    reader.at += 1;
    const body = readList(reader, ["esac"]);
    arms.push({ patterns, body });
    if (isOperator(reader, ";;")) reader.at += 1;
  }
  reader.at += 1;
  return { kind: "case", subject: subject.word, arms };
}
