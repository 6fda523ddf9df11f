// Runs parsed shell text against commands and files that the caller gives: no real shell, nothing of the host.

import { parse, type Command, type List, type Pipeline } from "./parse";
import { expandWord, expandWords, matchesPattern } from "./expand";
import { ShellSyntaxError, type Redirect } from "./tokens";
import type { MemoryFs } from "./memory-fs";

export interface Io {
  /** The whole of standard input. */
  stdin(): Promise<Buffer>;
  stdout: (bytes: Buffer) => void;
  stderr: (bytes: Buffer) => void;
}

export interface ShellContext {
  fs: MemoryFs;
  variables: Map<string, string>;
  functions: Map<string, Command>;
  /** `$0`, `$1`, … */
  positional: string[];
  /** Whatever is no builtin; its exit code. */
  command(argv: readonly string[], io: Io, context: ShellContext): Promise<number>;
  /** Whether a `while` may loop at all; the script simulator answers no. */
  loops: boolean;
  status: number;
  errexit: boolean;
}

/** Thrown by `exit`; caught by whoever runs a whole script. */
export class ShellExit extends Error {
  override readonly name = "ShellExit";
  constructor(readonly code: number) {
    super(`exit ${code}`);
  }
}

class FunctionReturn extends Error {
  override readonly name = "FunctionReturn";
  constructor(readonly code: number) {
    super("return");
  }
}

export function newContext(given: Pick<ShellContext, "fs" | "command"> & Partial<ShellContext>): ShellContext {
  return {
    variables: new Map(),
    functions: new Map(),
    positional: ["sh"],
    loops: true,
    status: 0,
    errexit: false,
    ...given,
  };
}

/** Exit code of the whole text; 2 when it does not parse. */
export async function runShell(text: string, context: ShellContext, io: Io): Promise<number> {
  try {
    await runList(parse(text), context, io);
    return context.status;
  } catch (failure) {
    if (failure instanceof ShellExit) return failure.code;
    if (!(failure instanceof ShellSyntaxError)) throw failure;
    io.stderr(Buffer.from(`sh: 1: ${failure.message}\n`));
    return 2;
  }
}

async function runList(list: List, context: ShellContext, io: Io): Promise<void> {
  for (const [index, { joined, pipeline }] of list.entries()) {
    if (joined === "&&" && context.status !== 0) continue;
    if (joined === "||" && context.status === 0) continue;
    await runPipeline(pipeline, context, io);
    const tested = pipeline.negated || (list[index + 1]?.joined ?? ";") !== ";";
    if (context.errexit && context.status !== 0 && !tested) throw new ShellExit(context.status);
  }
}

async function runPipeline({ negated, commands }: Pipeline, context: ShellContext, io: Io): Promise<void> {
  let piped: Buffer | undefined;
  for (const [index, command] of commands.entries()) {
    const input = piped;
    const chunks: Buffer[] = [];
    const last = index === commands.length - 1;
    await runCommand(command, context, {
      ...io,
      ...(input === undefined ? {} : { stdin: () => Promise.resolve(input) }),
      ...(last ? {} : { stdout: (bytes: Buffer) => void chunks.push(bytes) }),
    });
    piped = Buffer.concat(chunks);
  }
  if (negated) context.status = context.status === 0 ? 1 : 0;
}

async function condition(list: List, context: ShellContext, io: Io): Promise<boolean> {
  const { errexit } = context;
  context.errexit = false;
  await runList(list, context, io);
  context.errexit = errexit;
  return context.status === 0;
}

async function runCommand(command: Command, context: ShellContext, io: Io): Promise<void> {
  switch (command.kind) {
    case "simple":
      return runSimple(command, context, io);
    case "group":
      return redirected({ redirects: command.redirects, context, io }, (inner) =>
        runList(command.body, context, inner),
      );
    case "function":
      context.functions.set(command.name, command.body);
      context.status = 0;
      return;
    case "if": {
      for (const branch of command.branches) {
        if (await condition(branch.condition, context, io)) return runBody(branch.body, context, io);
      }
      return runBody(command.otherwise, context, io);
    }
    case "for": {
      const words =
        command.words === undefined ? context.positional.slice(1) : await expandWords(command.words, context);
      context.status = 0;
      for (const word of words) {
        context.variables.set(command.name, word);
        await runList(command.body, context, io);
      }
      return;
    }
    case "while": {
      for (let round = 0; context.loops && round < 1000; round += 1) {
        if ((await condition(command.condition, context, io)) === command.until) break;
        await runList(command.body, context, io);
      }
      context.status = 0;
      return;
    }
    case "case": {
      const subject = await expandWord(command.subject, context);
      for (const arm of command.arms) {
        for (const pattern of arm.patterns) {
          if (matchesPattern(await expandWord(pattern, context), subject)) return runBody(arm.body, context, io);
        }
      }
      context.status = 0;
    }
  }
}

async function runBody(body: List, context: ShellContext, io: Io): Promise<void> {
  context.status = 0;
  await runList(body, context, io);
}

async function redirected(
  { redirects, context, io }: { redirects: readonly Redirect[]; context: ShellContext; io: Io },
  work: (io: Io) => Promise<void>,
): Promise<void> {
  let inner = io;
  for (const redirect of redirects) {
    const target = await expandWord(redirect.target, context);
    if (redirect.operator === "<<") inner = { ...inner, stdin: () => Promise.resolve(Buffer.from(target)) };
    else if (redirect.operator === "<") {
      const content = target === "/dev/null" ? Buffer.alloc(0) : context.fs.read(target);
      if (content === undefined) {
        io.stderr(Buffer.from(`sh: 1: cannot open ${target}: No such file\n`));
        context.status = 2;
        return;
      }
      inner = { ...inner, stdin: () => Promise.resolve(content) };
    } else if (redirect.operator === ">&") {
      const same = target === "2" ? inner.stderr : inner.stdout;
      inner = redirect.fd === 2 ? { ...inner, stderr: same } : { ...inner, stdout: same };
    } else if (redirect.operator !== "<&") {
      const write = sink(context, target, redirect.operator === ">>");
      if (write === undefined) {
        io.stderr(Buffer.from(`sh: 1: cannot create ${target}: Directory nonexistent\n`));
        context.status = 2;
        return;
      }
      inner = redirect.fd === 2 ? { ...inner, stderr: write } : { ...inner, stdout: write };
    }
  }
  await work(inner);
}

function sink(context: ShellContext, path: string, append: boolean): ((bytes: Buffer) => void) | undefined {
  if (path === "/dev/null") return () => undefined;
  const before = append ? context.fs.read(path) : undefined;
  if (!context.fs.write(path, before ?? Buffer.alloc(0))) return undefined;
  return (bytes) => void context.fs.write(path, Buffer.concat([context.fs.read(path) ?? Buffer.alloc(0), bytes]));
}

async function runSimple(command: Command & { kind: "simple" }, context: ShellContext, io: Io): Promise<void> {
  const assigned: [string, string][] = [];
  const words = [...command.words];
  for (let first = words[0]; first !== undefined; first = words[0]) {
    const head = first.parts[0];
    const name = head?.kind === "text" && !head.quoted ? /^([A-Za-z_]\w*)=/.exec(head.text)?.[1] : undefined;
    if (name === undefined || head?.kind !== "text") break;
    const rest = { ...head, text: head.text.slice(name.length + 1) };
    context.status = 0;
    assigned.push([name, await expandWord({ parts: [rest, ...first.parts.slice(1)], bare: undefined }, context)]);
    words.shift();
  }
  for (const [name, value] of assigned) context.variables.set(name, value);
  const argv = await expandWords(words, context);
  if (argv.length === 0 && command.redirects.length === 0) return;
  await redirected({ redirects: command.redirects, context, io }, async (inner) => {
    context.status = argv.length === 0 ? 0 : await runArgv(argv, context, inner);
  });
}

async function runArgv(argv: readonly string[], context: ShellContext, io: Io): Promise<number> {
  const [name = "", ...args] = argv;
  const body = context.functions.get(name);
  if (body !== undefined) return callFunction({ body, args }, context, io);
  switch (name) {
    case ":":
    case "export":
    case "readonly":
    case "local":
    case "umask":
    case "trap":
    case "wait":
    case "cd":
      for (const arg of args) {
        const [, key, value] = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(arg) ?? [];
        if (key !== undefined) context.variables.set(key, value ?? "");
      }
      return 0;
    case "set": {
      if (args[0] === "--") context.positional = [context.positional[0] ?? "sh", ...args.slice(1)];
      else if (/^-\w*e/.test(args[0] ?? "")) context.errexit = true;
      else if (/^\+\w*e/.test(args[0] ?? "")) context.errexit = false;
      return 0;
    }
    case "shift":
      context.positional.splice(1, Number(args[0] ?? 1));
      return 0;
    case "exit":
      throw new ShellExit(Number(args[0] ?? context.status) & 255);
    case "return":
      throw new FunctionReturn(Number(args[0] ?? context.status));
    case "exec":
      throw new ShellExit(args.length === 0 ? 0 : await runArgv(args, context, io));
    case "eval":
      return runShell(args.join(" "), context, io);
    default:
      return context.command(argv, io, context);
  }
}

async function callFunction(
  { body, args }: { body: Command; args: readonly string[] },
  context: ShellContext,
  io: Io,
): Promise<number> {
  const saved = context.positional;
  context.positional = [saved[0] ?? "sh", ...args];
  try {
    await runCommand(body, context, io);
    return context.status;
  } catch (failure) {
    if (failure instanceof FunctionReturn) return failure.code;
    throw failure;
  } finally {
    context.positional = saved;
  }
}
