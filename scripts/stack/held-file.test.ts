// Two starts at the same moment, with what a killed process left: one holds the file, the others know who.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { takeFile } from "./held-file";
import { ROOT } from "./paths";
import { recordOf } from "./processes";

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "homeport-held-"));
  file = path.join(dir, "held.json");
});
afterEach(() => {
  rmSync(dir, { recursive: true });
});

test("who asks while a living process holds it is answered that process; what a dead one left is taken", () => {
  writeFileSync(file, JSON.stringify({ pid: 2 ** 22 + 1, started: "long ago" }));
  expect(takeFile(file)).toBeUndefined();
  expect(takeFile(file)).toEqual(recordOf(process.pid));
});

test("of four processes that ask at once, one gets what a dead one left", async () => {
  const ask = `
    import { takeFile } from ${JSON.stringify(path.join(import.meta.dirname, "held-file.ts"))};
    while (Date.now() < ${Date.now() + 1_500});
    console.log(takeFile(${JSON.stringify(file)})?.pid ?? process.pid);
    process.stdin.resume();`; // alive until all have asked
  writeFileSync(file, JSON.stringify({ pid: 2 ** 22 + 1, started: "long ago" }));
  const asking = [0, 1, 2, 3].map(() =>
    spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", ask], {
      cwd: ROOT,
      stdio: ["pipe", "pipe", "inherit"],
    }),
  );
  const answers = await Promise.all(asking.map(async ({ stdout }) => String((await once(stdout, "data"))[0]).trim()));
  const ended = asking.map((child) => once(child, "exit"));
  for (const { stdin } of asking) stdin.end();
  await Promise.all(ended);
  expect(new Set(answers).size).toBe(1);
});
