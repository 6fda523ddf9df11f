// Reading out of a packed image with the real GNU tar; pvesm is played by a script that answers as Proxmox VE does.
import { execFileSync } from "node:child_process";
import { chmodSync, linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connectSsh } from "./connect-ssh";
import { readOsImage, type ImageEntry } from "./os-image";
import type { Ssh } from "./ssh";
import { startTestServer, type TestServer } from "./test-server";

const HOSTILE = [
  "/etc/x'; touch owned #",
  '/etc/"$(touch owned)"',
  "/etc/`touch owned`",
  "/etc/a\\nb",
  "/etc/*",
  "/etc/we ird/ä b",
  "/etc/-rf",
  "/etc/--to-command=touch owned",
  "/etc/$HOME",
];
const VOLID = "local:vztmpl/it's a:small $(touch owned).tar.gz";

let dir: string;
let server: TestServer;
let ssh: Ssh;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "homeport-image-"));
  const root = join(dir, "root");
  for (const path of ["etc/we ird", "etc/ssh", "usr/lib"]) mkdirSync(join(root, path), { recursive: true });
  const write = (path: string, content: string | Buffer, mode = 0o644) => {
    writeFileSync(join(root, path), content);
    chmodSync(join(root, path), mode);
  };
  write("etc/motd", "welcome\n");
  write("etc/empty", "");
  write("etc/shadow", "root:*:::\n", 0o640);
  write("etc/bytes", Buffer.from([0, 255, 10, 13]));
  for (const path of HOSTILE) write(path, `content of ${path}`);
  linkSync(join(root, "etc/motd"), join(root, "etc/zz-hard"));
  symlinkSync("../run/x\nforged", join(root, "etc/link"));
  symlinkSync("usr/lib", join(root, "lib"));
  mkdirSync(join(dir, "cache"));
  const pack = (name: string, names: string[]) =>
    execFileSync("tar", ["-C", root, "--force-local", "--sort=name", "-czf", join(dir, "cache", name), ...names]);
  pack("it's a:small $(touch owned).tar.gz", ["."]);
  pack("bare.tar.gz", ["etc", "lib"]);
  pack("many.tar.gz", ["./etc/bytes", "./etc/motd", "./etc/shadow"]);
  writeFileSync(join(dir, "cache", "broken.tar.gz"), "this is no archive");
  writeFileSync(
    join(dir, "pvesm"),
    `#!/bin/sh\n[ "$1" = path ] || exit 1\ncase $2 in local:*) printf '%s\\n' "${dir}/cache/\${2#local:vztmpl/}" ;; *) echo "storage '\${2%%:*}' does not exist" >&2; exit 255 ;; esac\n`,
  );
  chmodSync(join(dir, "pvesm"), 0o755);
  server = await startTestServer({ password: "right", env: { PATH: `${dir}:${process.env["PATH"] ?? ""}`, PWD: dir } });
  ssh = await connectSsh({
    host: "127.0.0.1",
    port: server.port,
    user: "root",
    password: "right",
    hostKey: server.hostKey,
  });
});
afterAll(async () => {
  ssh.close();
  await server.close();
  rmSync(dir, { recursive: true });
});

const read = async (paths: string[], volid = VOLID): Promise<ImageEntry[]> => [
  ...(await readOsImage(ssh, { volid, paths })).values(),
];
const reported = (entry: ImageEntry | undefined) =>
  entry?.kind === "file" ? [entry.permissions, entry.content?.toString("latin1")] : entry;

test("files come whole with their rights, in one pass; what is not there is absent", async () => {
  const before = server.commands.length;
  const entries = await read(["/etc/shadow", "/etc/none", "/etc/motd", "/etc//empty", "/etc/bytes", "/none/at/all"]);
  expect(entries.map(reported)).toEqual([
    ["rw-r-----", "root:*:::\n"],
    { kind: "absent" },
    ["rw-r--r--", "welcome\n"],
    ["rw-r--r--", ""],
    ["rw-r--r--", "\0\u00ff\n\r"],
    { kind: "absent" },
  ]);
  expect(server.commands.slice(before).map((command) => /'(pvesm|tar)'/.exec(command)?.[1])).toEqual(["pvesm", "tar"]);
});

test("a link, a directory, a hard link are what they are, and no link is followed", async () => {
  expect(await read(["/etc/link", "/lib/systemd/x.service", "/etc/ssh", "/etc/zz-hard"])).toEqual([
    { kind: "link", at: "/etc/link", to: "../run/x\\nforged" },
    { kind: "link", at: "/lib", to: "usr/lib" },
    { kind: "directory" },
    { kind: "other", what: "a hard link" },
  ]);
});

test("names and volumes that a shell would take apart stay one argument each", async () => {
  expect((await read(HOSTILE)).map(reported)).toEqual(
    HOSTILE.map((path) => ["rw-r--r--", Buffer.from(`content of ${path}`).toString("latin1")]),
  );
  expect(await read(["/etc/a\nb", "/etc/\u001b[2J", "/etc/"])).toEqual(
    Array.from({ length: 3 }, () => ({ kind: "other", what: "a name that no archive can be asked for" })),
  );
  expect([...readdirSync(dir), ...readdirSync(process.cwd())]).not.toContain("owned");
});

test("an archive whose names begin without ./ is read as well", async () => {
  expect(
    (await read(["/etc/motd", "/lib/x", "/etc/none"], "local:vztmpl/bare.tar.gz")).map((entry) => entry.kind),
  ).toEqual(["file", "link", "absent"]);
});

test("beyond the limit nothing is read, and what was not reached is not called absent", async () => {
  const entries = await readOsImage(
    ssh,
    { volid: "local:vztmpl/many.tar.gz", paths: ["/etc/bytes", "/etc/motd", "/etc/shadow", "/etc/none"] },
    { maxBytes: 3 },
  );
  expect(
    [...entries.values()].filter(
      (entry) =>
        entry.kind === "absent" ||
        (entry.kind === "file" && entry.content !== null && entry.content.length !== entry.sizeBytes),
    ),
  ).toEqual([]);
});

test("what cannot be read is an error in the node's own words", async () => {
  await expect(read(["/etc/motd"], "nowhere:vztmpl/x.tar.gz")).rejects.toMatchObject({
    name: "OsImageError",
    message: "storage 'nowhere' does not exist",
  });
  await expect(read(["/etc/motd"], "local:vztmpl/absent.tar.gz")).rejects.toMatchObject({
    name: "OsImageError",
    message: /Cannot open: No such file or directory/,
  });
  await expect(read(["/etc/motd"], "local:vztmpl/broken.tar.gz")).rejects.toMatchObject({ name: "OsImageError" });
  await expect(read(["/etc/motd"], "-x:vztmpl/a.tar.gz")).rejects.toMatchObject({ name: "OsImageError" });
});
