// A file arrives whole or not at all, under each policy.
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { afterEach, beforeEach, expect, test } from "vitest";
import { installArgv, putArgv, RunnerExit } from "./argv";
import { inTemporaryRoot, type TemporaryRoot } from "./in-temporary-root";
import { RUNNER_PATH, runner, sha256 } from "./texts";

let guest: TemporaryRoot;
beforeEach(async () => {
  guest = await inTemporaryRoot();
});
afterEach(() => guest.close());

const printed = (answer: { stdout: Buffer }): string => answer.stdout.toString().trim();
const read = (path: string): string => readFileSync(guest.root + path, "utf8");
const mode = (path: string): string => (statSync(guest.root + path).mode & 0o7777).toString(8);

test("a file is written with its mode, parents are made, and a second put says that it is the same", async () => {
  expect(printed(await guest.put("/srv/a/b/page.html", "hello\n", { policy: "REPLACE", mode: "0640" }))).toBe(
    "written",
  );
  expect(printed(await guest.put("/srv/a/b/page.html", "hello\n", { policy: "REPLACE", mode: "0640" }))).toBe("same");
  expect([read("/srv/a/b/page.html"), mode("/srv/a/b/page.html"), mode("/srv/a")]).toEqual(["hello\n", "640", "755"]);
});

test("what is the same still gets the mode that was asked for", async () => {
  await guest.put("/etc/secret.conf", "x");
  chmodSync(`${guest.root}/etc/secret.conf`, 0o777);
  expect(printed(await guest.put("/etc/secret.conf", "x", { policy: "DEFAULT", mode: "0600" }))).toBe("same");
  expect(mode("/etc/secret.conf")).toBe("600");
});

test("REPLACE replaces, DEFAULT keeps what is there", async () => {
  await guest.put("/etc/app.conf", "old");
  expect(printed(await guest.put("/etc/app.conf", "new", { policy: "DEFAULT" }))).toBe("kept");
  expect(read("/etc/app.conf")).toBe("old");
  expect(printed(await guest.put("/etc/app.conf", "new", { policy: "REPLACE" }))).toBe("written");
  expect(read("/etc/app.conf")).toBe("new");
});

test("BACKUP keeps the old content beside the new, once", async () => {
  await guest.put("/etc/app.conf", "old");
  const backup = printed(await guest.put("/etc/app.conf", "new", { policy: "BACKUP" })).replace("backed-up ", "");
  expect(backup).toBe(`/etc/app.conf.homeport-${sha256("old").slice(0, 12)}`);
  expect([read(backup), read("/etc/app.conf")]).toEqual(["old", "new"]);
  expect(printed(await guest.put("/etc/app.conf", "new", { policy: "BACKUP" }))).toBe("same");
  expect(readdirSync(`${guest.root}/etc`)).toHaveLength(2);
});

test("content that arrived damaged changes nothing and leaves nothing behind", async () => {
  const { uid, gid } = userInfo();
  await guest.put("/etc/app.conf", "old");
  const argv = putArgv({
    target: "/etc/app.conf",
    sha256: sha256("whole"),
    mode: "0644",
    owner: `${uid}:${gid}`,
    policy: "REPLACE",
  });
  const answer = await guest.exec(argv, "who");
  expect([answer.code, answer.stdout.toString()]).toEqual([RunnerExit.damaged, ""]);
  expect([read("/etc/app.conf"), readdirSync(`${guest.root}/etc`)]).toEqual(["old", ["app.conf"]]);
});

test("a directory in the way is refused", async () => {
  mkdirSync(`${guest.root}/etc/app.conf`, { recursive: true });
  expect((await guest.put("/etc/app.conf", "x")).code).toBe(RunnerExit.cannotCreate);
});

test("a name with blanks and quotes is a name", async () => {
  expect(printed(await guest.put(`/srv/it's "a" $HOME; name`, "x"))).toBe("written");
  expect(existsSync(`${guest.root}/srv/it's "a" $HOME; name`)).toBe(true);
});

test("an installed runner is root-only, put right when it was changed, and never replaced by half of one", async () => {
  const argv = installArgv(RUNNER_PATH, sha256(runner));
  writeFileSync(guest.root + RUNNER_PATH, "changed");
  expect((await guest.exec(argv, runner.slice(0, 99))).code).toBe(RunnerExit.damaged);
  expect(read(RUNNER_PATH)).toBe("changed");
  expect((await guest.exec(argv, runner)).code).toBe(0);
  expect((await guest.exec(argv, runner)).code).toBe(0);
  expect([mode(RUNNER_PATH), mode("/usr/local/lib/homeport"), read(RUNNER_PATH)]).toEqual(["700", "700", runner]);
});
