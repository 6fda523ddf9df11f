// Homes of test runs: each in the system's temporary folder, cleaned up by a later run when its own was killed.
import { readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  endRecorded,
  isAlive,
  processLedger,
  readJson,
  recordOf,
  writeAtomically,
  type ProcessRecord,
} from "../stack/processes";

/** Says that the home is in use as long as this process lives. */
export function claimTemporaryHome(home: string): void {
  writeAtomically(path.join(home, "owner.json"), recordOf(process.pid));
}

/** Ends what the homes of killed test runs left running, and deletes those homes. */
export async function sweepDeadHomes(): Promise<void> {
  const names = readdirSync(tmpdir()).filter((name) => /^homeport-(test|e2e)-/.test(name));
  for (const home of names.map((name) => path.join(tmpdir(), name))) {
    const owner = readJson<ProcessRecord>(path.join(home, "owner.json"));
    if (owner === undefined || isAlive(owner)) continue;
    try {
      await endRecorded(processLedger(path.join(home, "pids.json")), { deadlineMs: 3_000 });
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    } catch {
      // Another run sweeps at the same time; what is left of it is swept by the next.
    }
  }
}
