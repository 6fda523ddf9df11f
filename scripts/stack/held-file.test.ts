// Two starts at the same moment, with what a killed process left: one holds the file, the others know who.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { releaseFile, takeFile } from "./held-file";
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

test("what is no record of a process is taken over, and nobody else's is released", () => {
  for (const text of ["{", "{}", "null"]) {
    writeFileSync(file, text);
    expect(takeFile(file)).toBeUndefined();
  }
  writeFileSync(file, JSON.stringify({ pid: 1, started: "long ago" }));
  releaseFile(file);
  expect(existsSync(file)).toBe(true);
  expect(readdirSync(dir)).toEqual(["held.json"]);
});

test("what can neither be made nor read ends with a sentence", () => {
  symlinkSync(path.join(dir, "nowhere"), file);
  expect(() => takeFile(file)).toThrow(`${file} can neither be made nor read.`);
});

test("of five processes that ask at the same moment, one gets what a dead one left", async () => {
  const ask = `
    import { releaseFile, takeFile } from ${JSON.stringify(path.join(import.meta.dirname, "held-file.ts"))};
    process.stdin.once("data", () => console.log(takeFile(${JSON.stringify(file)})?.pid ?? process.pid));
    console.log("ready");`; // alive until its input ends
  writeFileSync(file, JSON.stringify({ pid: 2 ** 22 + 1, started: "long ago" }));
  const asking = [0, 1, 2, 3, 4].map(() =>
    spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", ask], {
      cwd: ROOT,
      stdio: ["pipe", "pipe", "inherit"],
    }),
  );
  const line = async ({ stdout }: (typeof asking)[number]) => String((await once(stdout, "data"))[0]).trim();
  expect(new Set(await Promise.all(asking.map(line)))).toEqual(new Set(["ready"]));
  const answered = asking.map(line);
  for (const { stdin } of asking) stdin.write("now");
  const answers = await Promise.all(answered);
  const ended = asking.map((child) => once(child, "exit"));
  for (const { stdin } of asking) stdin.end();
  await Promise.all(ended);
  expect(new Set(answers).size).toBe(1);
});
