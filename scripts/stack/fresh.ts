// Beginning anew: deletes what this installation made, and nothing else, after asking.
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline/promises";
import { destroyLab } from "./lab";
import type { Home } from "./paths";
import { endRecorded, processLedger } from "./processes";

/** Our own names only: HOMEPORT_HOME may point at a folder that holds other things. */
const OURS = [
  "postgres",
  "temporal",
  "lab",
  "dashboard",
  "keys",
  "logs",
  "demo.json",
  "demo-token.json",
  "lab-lxc.json",
  "ports.json",
  "pids.json",
];

/** False when the person said no. Throws when nobody can be asked. */
export async function beginAnew(
  home: Home,
  options: { yes: boolean; print: (line: string) => void },
): Promise<boolean> {
  const there = OURS.filter((name) => existsSync(path.join(home.dir, name)));
  if (there.length === 0 && !existsSync(home.auditHead)) return true;
  if (!options.yes && !(await confirmed(home))) return false;
  await endRecorded(processLedger(home.pids));
  if (existsSync(home.realGuests)) {
    options.print("Deleting the containers of the lab …");
    await destroyLab(home.lab, home.log("lab"));
  }
  await rm(home.auditHead, { force: true }); // of the log that goes, wherever it stands
  for (const name of there) await rm(path.join(home.dir, name), { recursive: true, force: true, maxRetries: 5 });
  options.print(`Deleted ${there.join(", ")} in ${home.dir}.`);
  return true;
}

async function confirmed(home: Home): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new Error("--fresh deletes all data and nobody can be asked here: add --yes to do it.");
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await terminal.question(
      `This deletes all data in ${home.dir}: people, nodes, runs, keys, and every container of the lab. Type yes to go on: `,
    );
    return answer.trim() === "yes";
  } finally {
    terminal.close();
  }
}
