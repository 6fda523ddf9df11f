// However much a script says, it is neither stopped nor blocked, and the container's disk does not fill; what helpers make is noted as secret.
import { readFileSync, statSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parseSecrets } from "./answers";
import { secretsArgv, warningsArgv } from "./argv";
import { inTemporaryRoot, type TemporaryRoot } from "./in-temporary-root";
import { HELPERS_PATH, UNIT_DIR } from "./texts";

let guest: TemporaryRoot;
beforeEach(async () => {
  guest = await inTemporaryRoot();
});
afterEach(() => guest.close());

const KEPT = 64 * 1024 ** 2;
const ended = async (unit: string) => {
  for (const until = Date.now() + 60_000; Date.now() < until;) {
    const seen = await guest.follow(unit, { offset: Number.MAX_SAFE_INTEGER, maxBytes: 0, waitSeconds: 10 });
    if (seen.state !== "running") return seen;
  }
  throw new Error("the unit did not end");
};

test("of 200 MB the first 64 MiB are kept, to the byte, the rest is counted, and the script ends as it would", async () => {
  await guest.start("hp-loud", `head -c 200000000 /dev/zero | tr '\\0' 'x'\necho end >&2\nexit 7\n`);
  const seen = await ended("hp-loud");
  expect(seen).toMatchObject({ state: "exited", exit: 7, size: KEPT });
  // What the keeper had read but could not write any more is not counted.
  expect(seen.size + seen.dropped).toBeLessThanOrEqual(200_000_004);
  expect(seen.size + seen.dropped).toBeGreaterThan(200_000_004 - 300_000);
  expect(statSync(`${guest.root}${UNIT_DIR}/hp-loud/output`).size).toBe(KEPT);
});

test("output is there as soon as it is written, in however small pieces, and whole when the exit code is", async () => {
  for (let round = 0; round < 5; round += 1) {
    await guest.start(`hp-quick-${round}`, `printf a; printf b >&2; head -c 300000 /dev/zero | tr '\\0' c; printf d`);
    const { output } = await guest.finish(`hp-quick-${round}`);
    expect(output).toBe(`ab${"c".repeat(300_000)}d`);
  }
});

test("what a script leaves running may keep its output open without holding up its end", async () => {
  await guest.start("hp-daemon", `(sleep 600; echo late) &\necho done\n`);
  expect(await guest.finish("hp-daemon")).toEqual({ state: "exited", exit: 0, output: "done\n" });
});

test("secrets are noted before they can be printed, root-only, and the look that shows them says so", async () => {
  const script = `. "$HOMEPORT_ROOT${HELPERS_PATH}"\nsaved_secret db 40\nsaved_secret db 40\nrandom_secret\ncredential web password hunter2-sekret\ncredential web user admin\ncredential web key "[Interface]
PrivateKey = 0123456789abcdefghij=
DNS = 1.1.1.1"\n`;
  await guest.start("hp-secrets", script, { HOMEPORT_ROOT: guest.root });
  const { output } = await guest.finish("hp-secrets");
  const [saved = "", again = "", random = ""] = output.split("\n");
  const known = parseSecrets((await guest.exec(secretsArgv())).stdout);
  expect(again).toBe(saved);
  expect(new Set(known)).toEqual(new Set([saved, random, "hunter2-sekret", "0123456789abcdefghij="]));
  const seen = await guest.follow("hp-secrets");
  expect(seen.secrets).toBe(readFileSync(`${guest.root}/var/lib/homeport/hidden`).length);
  expect(statSync(`${guest.root}/var/lib/homeport/hidden`).mode & 0o777).toBe(0o600);
});

test("warnings are counted in all that is kept, also between bytes that are no text", async () => {
  await guest.start("hp-warn", `printf 'WARN: one\\n\\000\\377\\nWARN: two\\nno WARN: three\\n'`);
  await guest.finish("hp-warn");
  expect((await guest.exec(warningsArgv("hp-warn"))).stdout.toString().trim()).toBe("2");
  expect((await guest.exec(warningsArgv("hp-none"))).stdout.toString().trim()).toMatch(/^0?$/);
});
