// What scripts register is what discovery reads; secrets are made once and stay out of the output.
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { readFileSync, statSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parseDiscovery, parseReady } from "./answers";
import { discoverArgv, readyArgv } from "./argv";
import { inTemporaryRoot, type TemporaryRoot } from "./in-temporary-root";
import { HELPERS_PATH } from "./texts";

let guest: TemporaryRoot;
beforeEach(async () => {
  guest = await inTemporaryRoot();
});
afterEach(() => guest.close());

let unitNumber = 0;
async function script(text: string) {
  unitNumber += 1;
  await guest.start(`hp-script-${unitNumber}`, `. "$HOMEPORT_ROOT${HELPERS_PATH}"\n${text}\n`, {
    HOMEPORT_ROOT: guest.root,
  });
  return guest.finish(`hp-script-${unitNumber}`);
}
const discover = async () => parseDiscovery((await guest.exec(discoverArgv())).stdout);

test("services and credentials come out of discovery as they went in, and nothing of them was printed", async () => {
  const hostile = `a"b\\c\td\n$(id) ü`;
  const run = await script(
    `credential web password '${hostile}'\nservice web http 80 /admin\nservice vpn wireguard -\ncredential web user admin`,
  );
  expect(run).toMatchObject({
    exit: 0,
    output: "Service web (http) registered.\nService vpn (wireguard) registered.\n",
  });
  expect((await discover()).services).toEqual([
    { name: "vpn", kind: "wireguard" },
    { name: "web", kind: "http", port: 80, path: "/admin", credentials: { password: hostile, user: "admin" } },
  ]);
  expect(statSync(`${guest.root}/var/lib/homeport/services/web.json`).mode & 0o777).toBe(0o600);
});

test("a script that runs again changes its service and keeps its credentials", async () => {
  await script("service web http 80 /old\ncredential web user admin");
  await script("service web http 8080");
  expect((await discover()).services).toEqual([
    { name: "web", kind: "http", port: 8080, credentials: { user: "admin" } },
  ]);
});

test("a secret is made once, root-only, of the length that was asked for", async () => {
  const first = await script(`saved_secret db 40`);
  expect(first.output).toMatch(/^[A-Za-z0-9]{40}\n$/);
  expect((await script("saved_secret db 40")).output).toBe(first.output);
  expect((await script("random_secret")).output).toMatch(/^[A-Za-z0-9]{32}\n$/);
  expect(statSync(`${guest.root}/var/lib/homeport/secrets/db`).mode & 0o777).toBe(0o600);
});

test("fail says why and ends with 1; a failing command ends a script; an unset variable too", async () => {
  expect(await script("warn careful; fail 'no luck'; echo never")).toMatchObject({
    exit: 1,
    output: "WARN: careful\nERROR: no luck\n",
  });
  expect(await script("false; echo never")).toMatchObject({ exit: 1, output: "" });
  expect((await script('echo "$UNSET_NAME"; echo never')).output).not.toContain("never");
});

test("a listening port is waited for, found by discovery, and missed when it is not there", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // A TCP server's address is never a path.
  expect(await script(`wait_for_port ${port} 5`)).toMatchObject({ exit: 0 });
  expect((await discover()).listening).toContainEqual(
    expect.objectContaining({ proto: "tcp", port, address: "127.0.0.1" }),
  );
  await new Promise((resolve) => server.close(resolve));
  expect(await script(`wait_for_port ${port} 0`)).toMatchObject({
    exit: 1,
    output: `ERROR: Nothing listens on port ${port} after 0 seconds.\n`,
  });
});

test("ready answers at once where there is no systemd to wait for", async () => {
  const ready = parseReady((await guest.exec(readyArgv(0))).stdout);
  const pid1 = readFileSync("/proc/1/comm", "utf8").trim();
  if (pid1 !== "systemd") expect(ready.system).toBe("none");
  expect(Array.isArray(ready.address)).toBe(true);
});

test("both files are plain POSIX for dash", () => {
  for (const name of ["runner.sh", "helpers.sh"]) execFileSync("dash", ["-n", new URL(name, import.meta.url).pathname]);
});
