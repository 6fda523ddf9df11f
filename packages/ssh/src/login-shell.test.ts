// Whatever the login shell prints or is: a command's answer is the command's, or it is said that the shell did not run it.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connectSsh } from "./connect-ssh";
import { pct } from "./pct";
import type { Ssh } from "./ssh";
import { startTestServer } from "./test-server";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "homeport-shell-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function behind(script: string, work: (ssh: Ssh) => Promise<void>): Promise<void> {
  const shell = path.join(folder, "shell");
  writeFileSync(shell, script);
  chmodSync(shell, 0o700);
  const server = await startTestServer({
    password: "right",
    shell,
    env: { ...process.env, PATH: `${folder}:${process.env.PATH ?? ""}` },
  });
  const ssh = await connectSsh({
    host: "127.0.0.1",
    port: server.port,
    user: "root",
    password: "right",
    hostKey: server.hostKey,
  });
  try {
    await work(ssh);
  } finally {
    ssh.close();
    await server.close();
  }
}

test.each([
  ["a greeting", "#!/bin/sh\necho 'Welcome to pve!'\nexec sh \"$@\"\n", "Welcome to pve!"],
  ["a greeting without a line end", '#!/bin/sh\nprintf hello\nexec sh "$@"\n', "hello"],
  [
    "errors",
    "#!/bin/sh\necho 'stty: standard input: Inappropriate ioctl for device' >&2\nexec sh \"$@\"\n",
    "stty: standard input: Inappropriate ioctl for device",
  ],
  ["each command before it runs it", '#!/bin/sh\nexec sh -x "$@"\n', "+ set +x"],
  ["more than anybody reads", "#!/bin/sh\nhead -c 300000 /dev/zero | tr '\\0' x\nexec sh \"$@\"\n", "x".repeat(200)],
  ["something at its end", "#!/bin/sh\nshift\nexec sh -c \"trap 'echo bye; echo bye >&2' EXIT; $1\"\n", ""],
])("a shell that prints %s", async (_, script, greeting) => {
  await behind(script, async (ssh) => {
    const result = await ssh.exec(["sh", "-c", "printf 'a\\n\\0b'; printf err >&2; exit 7"]);
    expect(result).toEqual({ code: 7, stdout: Buffer.from("a\n\0b"), stderr: "err", truncated: false, greeting });
    const bytes = Buffer.from(Array.from({ length: 100_000 }, (__, index) => index % 256));
    const chunks: Buffer[] = [];
    expect(await ssh.exec(["cat"], { stdin: bytes, onStdout: (more) => chunks.push(more) })).toMatchObject({
      code: 0,
      stderr: "",
    });
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
  });
});

test("pct's refusals are known behind a shell that prints", async () => {
  writeFileSync(
    path.join(folder, "pct"),
    "#!/bin/sh\necho \"Configuration file 'nodes/pve/lxc/$2.conf' does not exist\" >&2\nexit 2\n",
    { mode: 0o700 },
  );
  await behind('#!/bin/sh\necho out\necho err >&2\nexec sh "$@"\n', async (ssh) => {
    await expect(pct(ssh).status(100)).rejects.toMatchObject({ kind: "missing" });
    await expect(pct(ssh).exec(100, ["true"])).rejects.toMatchObject({ kind: "missing" });
  });
});

test.each([
  [
    "lets nobody in",
    "#!/bin/sh\necho 'This account is currently not available.'\nexit 1\n",
    /answered “This account is currently not available.” and ended with 1\./,
  ],
  [
    "is not POSIX: it reads two backslashes as one",
    '#!/bin/sh\nshift\nexec sh -c "$(printf %s "$1" | sed \'s/\\\\\\\\/\\\\/g\')"\n',
    /did not run the command; it answered “homeport-[0-9a-f]+/,
  ],
  ["always runs something else", "#!/bin/sh\necho forced\n", /answered “forced” and ended with 0\./],
])("a shell that %s", async (_, script, message) => {
  await behind(script, async (ssh) => {
    await expect(ssh.exec(["true"])).rejects.toMatchObject({
      kind: "shell",
      message: expect.stringMatching(message) as unknown,
    });
  });
});
