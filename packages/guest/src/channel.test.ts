// A command through the channel ends as it would by a `pct exec` of its own, whatever it is given and prints, in every shell that a container may have.
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { ChannelEnded, openChannel, type Channel, type Enter } from "./channel";
import { channelText } from "./texts";

const has = (command: string): boolean => {
  try {
    execFileSync("sh", ["-c", 'command -v "$1"', "sh", command]);
    return true;
  } catch {
    return false;
  }
};
let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "homeport-channel-"));
  // Knows no more than POSIX asks of it.
  writeFileSync(join(dir, "dd"), '#!/bin/sh\ncase "$*" in *iflag*) exit 1 ;; esac\nexec /usr/bin/dd "$@"\n');
  chmodSync(join(dir, "dd"), 0o755);
});
afterAll(() => rm(dir, { recursive: true }));

const PATH = process.env["PATH"] ?? "";
const started: ChildProcess[] = [];
/** With whatever it runs: a container that stops takes all of them. */
const kill = (child: ChildProcess | undefined): void => {
  try {
    if (child?.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  } catch {
    // It has ended.
  }
};
afterEach(() => started.splice(0).forEach(kill));

const within =
  (shell: readonly string[], path = PATH): Enter =>
  ([, ...argv], io) =>
    new Promise((resolve, reject) => {
      const [command = "", ...first] = shell;
      const env = { HOME: "/root", LANG: "C.UTF-8", PATH: path };
      const child = spawn(command, [...first, ...argv], { env, cwd: "/var", detached: true });
      started.push(child);
      let stderr = "";
      child.stdout.on("data", io.onStdout);
      child.stderr.on("data", (bytes: Buffer) => {
        stderr += bytes.toString();
        io.onStderr(bytes);
      });
      child.stdin.on("error", () => undefined);
      io.stdin.pipe(child.stdin);
      io.signal.addEventListener("abort", () => {
        kill(child);
        reject(new Error("ended by its caller"));
      });
      child.on("error", reject);
      child.on("close", (code) => resolve({ code, stderr }));
    });

const shells = [
  ["dash", ["dash"]],
  ["bash", ["bash", "--posix"]],
  ["busybox", ["busybox", "ash"]],
] as const;

test("busybox is tried wherever `npm test` may install it", ({ skip }) => {
  if (!has("busybox")) skip("busybox is not installed here");
});

describe.each(shells.filter(([, [command]]) => has(command)))("in %s", (_, shell) => {
  let channel: Channel;
  const enter = (path?: string): Channel => (channel = openChannel(within(shell, path)));
  afterEach(async () => {
    channel.close();
    await channel.ended;
  });

  test("exit codes are exact and the streams are apart, byte for byte, however they end", async () => {
    enter();
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7 + (index >> 8)) % 256));
    for (const code of [0, 1, 7, 127, 255])
      expect(await channel.request(["sh", "-c", `printf out; printf err >&2; exit ${code}`])).toEqual({
        code,
        stdout: Buffer.from("out"),
        stderr: "err",
        truncated: false,
      });
    expect((await channel.request(["cat"], { stdin: bytes })).stdout.equals(bytes)).toBe(true);
    expect(await channel.request(["true"])).toMatchObject({ code: 0, stdout: Buffer.alloc(0), stderr: "" });
  });

  test("arguments arrive as they are: any character, lines, blanks, nothing", async () => {
    enter();
    const every = Array.from({ length: 0x2_00 }, (_, code) => String.fromCodePoint(code + 1)).join("");
    const hostile = [
      "",
      " ",
      "\n",
      "a\n\nb\n",
      "\\n\\",
      "  two  ",
      `'"$(id)\`*~#`,
      every,
      `${every}\n${every}`,
      "漢字🙂",
    ];
    const { stdout } = await channel.request(["printf", "%s\\0", ...hostile]);
    expect(stdout.toString().split("\0").slice(0, -1)).toEqual(hostile);
    await expect(channel.request(["echo", "a\0b"])).rejects.toThrow(RangeError);
  });

  test.each([
    ["with a dd that can wait for whole blocks", undefined],
    ["with a dd that can only count bytes", `dir:${PATH}`],
  ])("standard input is exact, read or not: %s", async (_, path) => {
    enter(path?.replace("dir", dir));
    const sizes = path === undefined ? [65_535, 65_536, 65_537, 1_000_000] : [9_999];
    for (const size of [0, 1, 9, ...sizes]) {
      const stdin = Buffer.from(Array.from({ length: size }, (_, index) => (index * 31) % 256));
      expect((await channel.request(["cat"], { stdin })).stdout.equals(stdin)).toBe(true);
      expect(await channel.request(["true"], { stdin })).toMatchObject({ code: 0 });
      expect((await channel.request(["head", "-c", "1"], { stdin })).stdout.equals(stdin.subarray(0, 1))).toBe(true);
    }
    expect((await channel.request(["sh", "-c", "exit 9"], { stdin: "unread\n" })).code).toBe(9);
  });

  test("each command begins in the same clean place, and leaves nothing behind", async () => {
    enter();
    const show = async () => (await channel.request(["sh", "-c", "env | sort; pwd; umask; ls /proc/self/fd"])).stdout;
    const first = (await show()).toString();
    expect(first).toMatch(/^HOME=\/root\nLANG=C\.UTF-8\n(?:OLDPWD=.*\n)?PATH=/);
    expect(first).not.toMatch(/mark|arguments|bytes|SHLVL=[2-9]/);
    for (const builtin of ["exit", "cd", "set", "eval"]) expect((await channel.request([builtin, "3"])).code).toBe(127);
    await channel.request(["sh", "-c", "cd /; umask 077; X=1; export X"]);
    expect((await show()).toString()).toBe(first);
  });

  test("a command that is killed ends with its signal, and the next one is carried out", async () => {
    enter();
    expect((await channel.request(["sh", "-c", "kill -9 $$"])).code).toBe(137);
    expect((await channel.request(["sh", "-c", "kill -9 $$"], { stdin: "x" })).code).toBe(137);
    expect((await channel.request(["/nonexistent"])).code).toBe(127);
    expect((await channel.request(["echo", "here"])).stdout.toString()).toBe("here\n");
  });

  test("more than is kept is cut, and the exit code still known", async () => {
    enter();
    const loud = await channel.request(["sh", "-c", "head -c 3000000 /dev/zero; head -c 70000 /dev/zero >&2; exit 3"], {
      maxBytes: 10,
    });
    expect(loud).toMatchObject({ code: 3, truncated: true, stdout: Buffer.alloc(10) });
    expect(loud.stderr).toHaveLength(10);
  });

  test("requests wait for each other, and no process stays", async () => {
    enter();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => channel.request(["sh", "-c", `cat; printf ${index}`], { stdin: "#" })),
    );
    expect(answers.map(({ stdout }) => stdout.toString())).toEqual(answers.map((_, index) => `#${index}`));
    const server = started.at(-1)?.pid ?? 0;
    await vi.waitFor(() => expect(readFileSync(`/proc/${server}/task/${server}/children`, "utf8").trim()).toBe(""));
  });

  test("it ends when its caller is gone", async () => {
    enter();
    expect((await channel.request(["true"])).code).toBe(0);
    channel.close();
    await channel.ended;
    expect(started.at(-1)?.exitCode).toBe(0);
    await expect(channel.request(["true"])).rejects.toBeInstanceOf(ChannelEnded);
  });

  test("a process inside that is ended fails what waits, and says that it had begun", async () => {
    enter();
    await channel.request(["true"]);
    const waiting = channel.request(["sleep", "600"]);
    kill(started.at(-1));
    await expect(waiting).rejects.toMatchObject({ name: "ChannelEnded", begun: true });
    expect(channel.isOpen).toBe(false);
  });
});

test("its text is plain for dash, without comments, and short enough for an argument", () => {
  execFileSync("dash", ["-n", "-c", channelText]);
  expect(channelText).not.toContain("#!");
  expect(channelText).not.toMatch(/^ *#/m);
  expect(channelText.length).toBeLessThan(4_000);
  expect(readdirSync(import.meta.dirname)).toContain("channel.sh");
});

/** The container's end as a test plays it. */
function played(
  script: (guest: { out: (text: string) => void; err: (text: string) => void; hello: string }, asked: string) => void,
) {
  let finish: (end: { code: number | null; stderr: string }) => void = () => undefined;
  const channel = openChannel((argv, io) => {
    const hello = argv.at(-1) ?? "";
    const guest = {
      hello,
      out: (text: string) => io.onStdout(Buffer.from(text, "latin1")),
      err: (text: string) => io.onStderr(Buffer.from(text, "latin1")),
    };
    io.stdin.on("data", (bytes: Buffer) => script(guest, bytes.toString()));
    return new Promise((resolve, reject) => {
      finish = resolve;
      io.signal.addEventListener("abort", () => reject(new Error("hung up")));
    });
  });
  return { channel, end: (code: number | null, stderr = "") => finish({ code, stderr }) };
}
const markOf = (asked: string): string => asked.split(" ")[0] ?? "";

test("what is printed before it begins is nobody's answer, and a mark may come in pieces", async () => {
  const { channel } = played(({ out, err, hello }, asked) => {
    err(`perl: warning: Setting locale failed.\n${hello.slice(0, 5)}`);
    err(`${hello.slice(5)}\nproblem`);
    out(`Welcome\n${hello}\n`);
    for (const letter of `answer${markOf(asked)} 4\n`) out(letter);
    err(`${markOf(asked)}\n`);
  });
  expect(await channel.request(["any"])).toEqual({
    code: 4,
    stdout: Buffer.from("answer"),
    stderr: "problem",
    truncated: false,
  });
});

test.each([
  ["a code that is none", (mark: string) => `${mark} 256\n`],
  ["a code with more behind it", (mark: string) => `${mark} 0 or so\n`],
  ["a line without an end", (mark: string) => `${mark} 000000000000`],
  ["another answer behind the answer", (mark: string) => `${mark} 0\n${mark} 0\n`],
])("%s is no answer: the container's fault is named, and the channel is over", async (_, answer) => {
  const { channel } = played(({ out, err, hello }, asked) => {
    err(`${hello}\n`);
    out(`${hello}\n${answer(markOf(asked))}`);
  });
  await expect(channel.request(["any"])).rejects.toMatchObject({ name: "GuestAnswerError", message: /^it sent / });
  expect(channel.isOpen).toBe(false);
  await channel.ended;
});

test.each([
  ["one on standard output", "x", ""],
  ["too many on standard error", "", "x".repeat(70_000)],
])("bytes that nobody asked for, %s, end it before the next request", async (_, late, complaint) => {
  const { channel } = played(({ out, err, hello }, asked) => {
    err(`${hello}\n${markOf(asked)}\nlate noise on standard error is nobody's`);
    out(`${hello}\n${markOf(asked)} 0\n`);
    setImmediate(() => {
      out(late);
      err(complaint);
    });
  });
  await channel.request(["any"]);
  await channel.ended;
  await expect(channel.request(["any"])).rejects.toMatchObject({ name: "GuestAnswerError" });
});

test("a container that cannot be entered says why, and an abort gives its own reason", async () => {
  const stopped = played(() => undefined);
  const waiting = stopped.channel.request(["any"]);
  stopped.end(255, "lxc-attach: failed to attach");
  await expect(waiting).rejects.toMatchObject({ begun: false, code: 255, stderr: "lxc-attach: failed to attach" });

  const silent = played(() => undefined);
  const both = [silent.channel.request(["any"]), silent.channel.request(["any"])];
  silent.channel.abort(new Error("too slow"));
  for (const each of both) await expect(each).rejects.toThrow("too slow");
  await silent.channel.ended;
});
