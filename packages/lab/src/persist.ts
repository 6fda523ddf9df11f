// Files of the lab's state: every write is a rename, so that a kill -9 leaves the old or the new text, never half.

import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

let writes = 0;

export function writeText(path: string, text: string | Buffer, mode = 0o600): void {
  mkdirSync(dirname(path), { recursive: true });
  writes += 1;
  const temporary = `${path}.${process.pid}.${writes}.tmp`;
  writeFileSync(temporary, text, { mode });
  renameSync(temporary, path);
}

/** The file's text; made by `make` and kept (0600) when it is not there yet. */
export function textOnce(path: string, make: () => string): string {
  if (existsSync(path)) return readFileSync(path, "utf8");
  const text = make();
  writeText(path, text);
  return text;
}

export function writeJson(path: string, value: unknown): void {
  writeText(path, JSON.stringify(value));
}

/** `undefined` when there is no such file. The caller wrote it, so its shape is trusted. */
export function readJson<T>(path: string): T | undefined {
  if (!existsSync(path)) return undefined;
  return JSON.parse(readFileSync(path, "utf8")) as T; // our own file, written by writeJson
}

export function appendLine(path: string, line: string): void {
  mkdirSync(dirname(path), { recursive: true });
  appendFileSync(path, `${line}\n`, { mode: 0o600 });
}

/** Lines of an append-only file; a last line cut by a kill is dropped. */
export function readLines(path: string): string[] {
  if (!existsSync(path)) return [];
  const text = readFileSync(path, "utf8");
  return text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .filter((line) => line !== "");
}
