// A file that one process holds at a time: link(2) fails when the name exists, so that it appears whole, and for one of those who want it.
import { createHash } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync } from "node:fs";
import { isAlive, recordOf, writeAtomically, type ProcessRecord } from "./processes";

/** A takeover is three calls to the file system. */
const TAKEOVER_MS = 2_000;
const PAUSE_MS = 5;

/** Undefined: it is ours now. Else the process that holds it, or is about to; what a dead one left is taken over. */
export function takeFile(file: string): ProcessRecord | undefined {
  const deadline = Date.now() + TAKEOVER_MS;
  const aside = `${file}.${process.pid}`;
  writeAtomically(aside, recordOf(process.pid));
  try {
    while (!link(aside, file)) {
      const found = read(file);
      if (found === undefined) {
        if (Date.now() > deadline) throw new Error(`${file} can neither be made nor read.`);
        continue;
      }
      if (found.holder !== undefined && isAlive(found.holder)) return found.holder;
      // Of several who find a dead one's file, one may put its own in the place: who holds the file that is named by what was found.
      const claim = `${file}.after-${createHash("sha256").update(found.text).digest("hex").slice(0, 12)}`;
      const other = takeFile(claim);
      if (other !== undefined) {
        if (Date.now() > deadline) return other; // frozen in the middle of it
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
        continue;
      }
      try {
        if (read(file)?.text === found.text) {
          renameSync(aside, file);
          return undefined;
        }
      } finally {
        rmSync(claim, { force: true });
      }
    }
    return undefined;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Nobody else's is taken away. */
export function releaseFile(file: string): void {
  if (read(file)?.holder?.pid === process.pid) rmSync(file, { force: true });
}

/** Undefined: it is not there any more. */
function read(file: string): { text: string; holder: ProcessRecord | undefined } | undefined {
  try {
    const text = readFileSync(file, "utf8");
    return { text, holder: recordIn(text) };
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

function recordIn(text: string): ProcessRecord | undefined {
  try {
    const { pid, started } = JSON.parse(text) as Partial<ProcessRecord>;
    return typeof pid === "number" && typeof started === "string" ? (JSON.parse(text) as ProcessRecord) : undefined;
  } catch {
    return undefined;
  }
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;
