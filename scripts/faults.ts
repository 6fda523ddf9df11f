// `npm run faults`: the fault suite alone. `npm run faults -- random` runs the files whose names hold that word.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { lastLine, withExitCode } from "./test/results";
import { stages } from "./test/stages";
import { ownEnvironment } from "./test/own-environment";
import { claimTemporaryHome, sweepDeadHomes } from "./test/temporary-home";

const HELP = `npm run faults -- [a part of a file's name …]
HOMEPORT_FAULT_SEED=<number>      replays one random schedule
HOMEPORT_FAULT_MINUTES=<number>   how long the random schedule lasts (5)`;

async function main(): Promise<number> {
  const words = process.argv.slice(2);
  if (words.includes("--help")) {
    console.log(HELP);
    return 0;
  }
  const stage = stages.find(({ name }) => name === "faults");
  if (stage === undefined) throw new Error("the stage of the faults is gone");
  await sweepDeadHomes();
  const home = await mkdtemp(path.join(tmpdir(), "homeport-test-"));
  claimTemporaryHome(home);
  const rest = ownEnvironment(process.env);
  const env = { ...rest, HOMEPORT_HOME: path.join(home, "home"), CHECKPOINT_DISABLE: "1" };
  // The tools get the terminal's signal themselves and clean up; we wait for them.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => undefined);
  const filter = words.length === 0 ? {} : { filter: words.map((word) => `faults/${word}`) };
  const outcome = await stage
    .run({
      home,
      env,
      print: (line) => {
        console.log(`  ${line}`);
      },
      ...filter,
    })
    .catch((error: unknown) => {
      console.error(error);
      return withExitCode({ passed: 0, failed: 0, skipped: [] }, 1, "The faults");
    });
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
  for (const name of outcome.failures ?? []) console.log(`  FAILED: ${name}`);
  for (const name of outcome.skipped) console.log(`  SKIPPED: ${name}`);
  const { line, exitCode } = lastLine(outcome, process.env.CI === "true");
  console.log(`\n${line}`);
  return exitCode;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
