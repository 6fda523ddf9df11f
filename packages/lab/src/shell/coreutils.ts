// The few commands every machine of the lab knows, over a memory file system. Undefined: no such command here.

import { createHash, randomBytes } from "node:crypto";
import { runShell, type Io, type ShellContext } from "./run";
import { holds } from "./condition";
import { ownerIds, statLine } from "./owners";
import { printf } from "./printf";

export type Coreutil = (args: readonly string[], io: Io, context: ShellContext) => number | Promise<number>;

/** Looks a command up by its name or its path. */
export function coreutil(name: string): Coreutil | undefined {
  return table[name.replace(/^(\/usr)?(\/local)?\/s?bin\//, "")];
}

const print = (io: Io, text: string) => io.stdout(Buffer.from(text));
const complain = (io: Io, text: string): number => {
  io.stderr(Buffer.from(`${text}\n`));
  return 1;
};

const table: Record<string, Coreutil> = {
  true: () => 0,
  false: () => 1,
  pwd: (_, io) => (print(io, "/root\n"), 0),
  sleep: () => 0,
  sync: () => 0,
  echo(args, io) {
    const quiet = args[0] === "-n";
    print(io, `${(quiet ? args.slice(1) : args).join(" ")}${quiet ? "" : "\n"}`);
    return 0;
  },
  printf: (args, io) => (print(io, printf(args[0] ?? "", args.slice(1))), 0),
  async cat(args, io, { fs }) {
    if (args.length === 0) return (io.stdout(await io.stdin()), 0);
    return each(args, (path) => {
      if (path === "/dev/null") return 0;
      const content = fs.read(path);
      if (content === undefined)
        return complain(io, `cat: ${path}: ${fs.isDirectory(path) ? "Is a directory" : "No such file or directory"}`);
      io.stdout(content);
      return 0;
    });
  },
  async sha256sum(args, io, { fs }) {
    const paths = args.filter((arg) => !arg.startsWith("-") || arg === "-");
    if (paths.length === 0) return (print(io, `${sha256(await io.stdin())}  -\n`), 0);
    return each(paths, async (path) => {
      const content = path === "-" ? await io.stdin() : fs.read(path);
      if (content === undefined) return complain(io, `sha256sum: ${path}: No such file or directory`);
      print(io, `${sha256(content)}  ${path}\n`);
      return 0;
    });
  },
  rm(args, io, { fs }) {
    const force = args.some((arg) => /^-\w*f/.test(arg));
    return each(operands(args), (path) =>
      fs.remove(path) || force ? 0 : complain(io, `rm: cannot remove '${path}': No such file or directory`),
    );
  },
  mkdir(args, io, { fs }) {
    const mode = option(args, "-m");
    const parents = args.some((arg) => /^-\w*p/.test(arg));
    return each(operands(args, ["-m"]), (path) =>
      fs.mkdir(path, parents, mode === undefined ? 0o755 : Number.parseInt(mode, 8))
        ? 0
        : complain(io, `mkdir: cannot create directory '${path}': File exists`),
    );
  },
  mv(args, io, { fs }) {
    const [from = "", to = ""] = operands(args);
    return fs.rename(from, to) ? 0 : complain(io, `mv: cannot stat '${from}': No such file or directory`);
  },
  cp(args, io, { fs }) {
    const [from = "", to = ""] = operands(args);
    const file = fs.file(from);
    const target = fs.isDirectory(to) ? `${to}/${from.slice(from.lastIndexOf("/") + 1)}` : to;
    if (file === undefined) return complain(io, `cp: cannot stat '${from}': No such file or directory`);
    return fs.write(target, file.content, { mode: file.mode })
      ? 0
      : complain(io, `cp: cannot create regular file '${to}'`);
  },
  touch: (args, _, { fs }) =>
    each(operands(args), (path) => (fs.write(path, fs.read(path) ?? Buffer.alloc(0)) ? 0 : 1)),
  chmod(args, io, { fs }) {
    const [mode = "", ...paths] = operands(args);
    return each(paths, (path) =>
      fs.chmod(path, Number.parseInt(mode, 8) || 0o755)
        ? 0
        : complain(io, `chmod: cannot access '${path}': No such file or directory`),
    );
  },
  chown(args, io, { fs }) {
    const [owner = "", ...paths] = operands(args);
    const [uid, gid] = ownerIds(owner);
    return each(paths, (path) =>
      fs.chown(path, uid, gid) ? 0 : complain(io, `chown: cannot access '${path}': No such file or directory`),
    );
  },
  async install(args, io, { fs }) {
    const paths = operands(args, ["-m", "-o", "-g"]);
    const mode = Number.parseInt(option(args, "-m") ?? "755", 8);
    if (args.includes("-d")) return each(paths, (path) => (fs.mkdir(path, true, mode) ? 0 : 1));
    const [from = "", to = ""] = paths;
    const content = from === "/dev/stdin" ? await io.stdin() : fs.read(from);
    if (content === undefined) return complain(io, `install: cannot stat '${from}': No such file or directory`);
    return fs.write(to, content, { mode })
      ? 0
      : complain(io, `install: cannot create regular file '${to}': No such file or directory`);
  },
  mktemp(args, io, { fs }) {
    const template = operands(args, ["-p"]).at(-1) ?? "/tmp/tmp.XXXXXXXXXX";
    const path = template.replace(/X{3,}$/, (marks) =>
      randomBytes(marks.length).toString("hex").slice(0, marks.length),
    );
    const made = args.some((arg) => /^-\w*d/.test(arg))
      ? fs.mkdir(path, true, 0o700)
      : fs.write(path, Buffer.alloc(0), { mode: 0o600 });
    if (!made)
      return complain(io, `mktemp: failed to create file via template '${template}': No such file or directory`);
    print(io, `${path}\n`);
    return 0;
  },
  ls(args, io, { fs }) {
    return each(operands(args).length === 0 ? ["/root"] : operands(args), (path) => {
      if (fs.file(path) !== undefined) return (print(io, `${path}\n`), 0);
      if (!fs.isDirectory(path)) return complain(io, `ls: cannot access '${path}': No such file or directory`) + 1;
      print(
        io,
        fs
          .list(path)
          .map((name) => `${name}\n`)
          .join(""),
      );
      return 0;
    });
  },
  stat(args, io, { fs }) {
    const format = option(args, "-c") ?? "%n";
    return each(operands(args, ["-c"]), (path) => {
      const found = fs.attributes(path);
      if (found === undefined) return complain(io, `stat: cannot statx '${path}': No such file or directory`);
      print(io, `${statLine(format, path, fs)}\n`);
      return 0;
    });
  },
  async wc(args, io, { fs }) {
    const [path] = operands(args);
    const content = path === undefined ? await io.stdin() : (fs.read(path) ?? Buffer.alloc(0));
    print(io, `${args.includes("-c") ? content.length : content.toString("latin1").split("\n").length - 1}\n`);
    return 0;
  },
  async head(args, io, { fs }) {
    const [path] = operands(args, ["-n", "-c"]);
    const content = path === undefined ? await io.stdin() : (fs.read(path) ?? Buffer.alloc(0));
    const bytes = option(args, "-c");
    const lines = Number(option(args, "-n") ?? 10);
    io.stdout(
      bytes === undefined
        ? Buffer.from(
            content
              .toString("latin1")
              .split(/(?<=\n)/)
              .slice(0, lines)
              .join(""),
            "latin1",
          )
        : content.subarray(0, Number(bytes)),
    );
    return 0;
  },
  async cut(args, io) {
    const separator = option(args, "-d") ?? "\t";
    const field = Number(option(args, "-f") ?? 1);
    const lines = (await io.stdin()).toString("latin1").split(/(?<=\n)/);
    const pick = (line: string) =>
      line.includes(separator) ? `${line.replace(/\n$/, "").split(separator)[field - 1] ?? ""}\n` : line;
    io.stdout(Buffer.from(lines.map(pick).join(""), "latin1"));
    return 0;
  },
  async tr(args, io) {
    const text = (await io.stdin()).toString("latin1");
    const [first = "", second = ""] = operands(args).map((set) => set.replaceAll("\\n", "\n"));
    const change = (char: string) => {
      const at = first.indexOf(char);
      if (at < 0) return char;
      return args[0] === "-d" ? "" : (second[at] ?? second.at(-1) ?? "");
    };
    io.stdout(Buffer.from([...text].map(change).join(""), "latin1"));
    return 0;
  },
  async tail(args, io, { fs }) {
    const [path] = operands(args, ["-n", "-c"]);
    const content = path === undefined ? await io.stdin() : (fs.read(path) ?? Buffer.alloc(0));
    const from = /^\+(\d+)$/.exec(option(args, "-c") ?? "")?.[1];
    const lines = content.toString("latin1").split(/(?<=\n)/);
    io.stdout(
      from === undefined
        ? Buffer.from(lines.slice(-Number(option(args, "-n") ?? 10)).join(""), "latin1")
        : content.subarray(Number(from) - 1),
    );
    return 0;
  },
  dirname: (args, io) => (print(io, `${(args[0] ?? "").replace(/\/[^/]*$/, "") || "/"}\n`), 0),
  basename: (args, io) => (print(io, `${(args[0] ?? "").replace(/^.*\//, "")}\n`), 0),
  test: (args, _, { fs }) => (holds(args, fs) ? 0 : 1),
  "[": (args, _, { fs }) => (holds(args.slice(0, -1), fs) ? 0 : 1),
  sh: shell,
  bash: shell,
  dash: shell,
  async env(args, io, context) {
    let rest = [...args];
    const variables = rest[0] === "-i" ? new Map<string, string>() : new Map(context.variables);
    if (rest[0] === "-i") rest = rest.slice(1);
    for (let first = rest[0]; first !== undefined && /^[A-Za-z_]\w*=/.test(first); first = rest[0]) {
      const cut = first.indexOf("=");
      variables.set(first.slice(0, cut), first.slice(cut + 1));
      rest = rest.slice(1);
    }
    if (rest.length > 0) return context.command(rest, io, { ...context, variables });
    print(io, [...variables].map(([key, value]) => `${key}=${value}\n`).join(""));
    return 0;
  },
};

async function shell(args: readonly string[], io: Io, context: ShellContext): Promise<number> {
  const at = args.findIndex((arg) => !/^-\w+$/.test(arg));
  const flags = args.slice(0, at < 0 ? args.length : at).join("");
  const [first, ...rest] = at < 0 ? [] : args.slice(at);
  const fresh = {
    ...context,
    functions: new Map(),
    variables: new Map(context.variables),
    errexit: flags.includes("e"),
    status: 0,
  };
  if (flags.includes("c")) return runShell(first ?? "", { ...fresh, positional: rest.length > 0 ? rest : ["sh"] }, io);
  if (first === undefined || flags.includes("s")) {
    const positional = first === undefined ? ["sh"] : ["sh", first, ...rest];
    return runShell((await io.stdin()).toString("utf8"), { ...fresh, positional }, io);
  }
  const file = context.fs.read(first);
  if (file === undefined) {
    io.stderr(Buffer.from(`sh: 0: cannot open ${first}: No such file\n`));
    return 2;
  }
  return runShell(file.toString("utf8"), { ...fresh, positional: [first, ...rest] }, io);
}

async function each<T>(items: readonly T[], work: (item: T) => number | Promise<number>): Promise<number> {
  let worst = 0;
  for (const item of items) worst = Math.max(worst, await work(item));
  return worst;
}

function operands(args: readonly string[], withValue: readonly string[] = []): string[] {
  const found: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? "";
    if (arg === "--") return [...found, ...args.slice(at + 1)];
    if (withValue.includes(arg)) at += 1;
    else if (!arg.startsWith("-") || arg === "-") found.push(arg);
  }
  return found;
}

function option(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(name);
  return at < 0 ? args.find((arg) => arg.startsWith(name) && arg.length > 2)?.slice(name.length) : args[at + 1];
}

function sha256(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
