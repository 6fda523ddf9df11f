// A file that one process holds at a time: link(2) fails when the name exists, so that it appears whole, and for one of those who want it.
import { linkSync, renameSync, rmSync } from "node:fs";
import { isAlive, readJson, recordOf, writeAtomically, type ProcessRecord } from "./processes";

/** Undefined: it is ours now. Else the process that holds it; what a dead one left is taken over. */
export function takeFile(file: string): ProcessRecord | undefined {
  const aside = `${file}.${process.pid}`;
  writeAtomically(aside, recordOf(process.pid));
  try {
    while (!link(aside, file)) {
      const holder = readJson<ProcessRecord>(file);
      if (holder !== undefined && isAlive(holder)) return holder;
      const taken = putAside(file, `${aside}.dead`);
      if (taken !== undefined && isAlive(taken)) link(`${aside}.dead`, file); // somebody was faster: it is theirs
      rmSync(`${aside}.dead`, { force: true });
    }
    return undefined;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Of several who find a dead one's file, one gets it. Answers whose it was. */
function putAside(file: string, to: string): ProcessRecord | undefined {
  try {
    renameSync(file, to);
    return readJson<ProcessRecord>(to);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}
