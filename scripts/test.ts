// `npm test`: everything that can be checked on this machine, then one line: "N passed, N failed".
import { closeSync, openSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { seedOfTree } from "./test/fault-seed";
import { lastLine, merge, withExitCode, type Outcome } from "./test/results";
import { stages, type Stage } from "./test/stages";
import { ownEnvironment } from "./test/own-environment";
import { claimTemporaryHome, sweepDeadHomes } from "./test/temporary-home";

const HELP = `npm test -- [--only=check|format|lint|unused|unit|integration|tests|faults|e2e]   (several with commas; default: all; check: what takes a minute)
With CI=true nothing may be skipped.`;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { only: { type: "string" }, help: { type: "boolean" } } });
  const only = values.only?.split(",");
  const chosen = stages.filter(({ alone, only: names }) =>
    only === undefined ? alone !== true : names.some((name) => only.includes(name)),
  );
  if (values.help || chosen.length === 0) {
    console.log(HELP);
    return values.help ? 0 : 2;
  }
  await sweepDeadHomes();
  const home = await mkdtemp(path.join(tmpdir(), "homeport-test-"));
  claimTemporaryHome(home);
  const rest = ownEnvironment(process.env);
  const seed = rest.HOMEPORT_FAULT_SEED ?? seedOfTree();
  const env = {
    ...rest,
    ...(seed === undefined ? {} : { HOMEPORT_FAULT_SEED: seed }),
    // `npm run faults` takes five.
    HOMEPORT_FAULT_MINUTES: rest.HOMEPORT_FAULT_MINUTES ?? "1",
    HOMEPORT_HOME: path.join(home, "home"),
    NEXT_TELEMETRY_DISABLED: "1",
    TURBO_TELEMETRY_DISABLED: "1",
    CHECKPOINT_DISABLE: "1",
  };
  let interrupted = false;
  // The tools get the terminal's signal themselves and clean up; we wait for them.
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => {
      interrupted = true;
    });

  const outcomes: Outcome[] = [];
  const table: string[] = [];
  const runStage = async (stage: Stage): Promise<void> => {
    const started = Date.now();
    // What computes is shown stage by stage when it has ended, so that the two lanes do not mix on the screen.
    const file = stage.lane === "waits" ? undefined : path.join(home, `${stage.name}.log`);
    const lines = [`\n━━ ${stage.title} ━━\n`];
    const print = (line: string): void => {
      if (file === undefined) console.log(line);
      else lines.push(line);
    };
    if (file === undefined) console.log(lines[0]);
    const output = file === undefined ? undefined : openSync(file, "w", 0o600);
    const outcome = await stage
      .run({
        home,
        env,
        print: (line) => {
          print(`  ${line}`);
        },
        ...(output === undefined ? {} : { output }),
      })
      .catch((error: unknown) => {
        console.error(error);
        return withExitCode({ passed: 0, failed: 0, skipped: [] }, 1, `The stage ${stage.name}`);
      });
    if (output !== undefined) closeSync(output);
    if (file !== undefined) console.log(`${lines.join("\n")}${readFileSync(file, "utf8")}`);
    outcomes.push(outcome);
    table.push(
      `  ${stage.name.padEnd(12)} ${outcome.passed} passed, ${outcome.failed} failed, ${outcome.skipped.length} skipped   ${((Date.now() - started) / 1_000).toFixed(1)} s`,
    );
  };
  const runLane = async (lane: Stage["lane"]): Promise<void> => {
    for (const stage of chosen.filter((each) => each.lane === lane)) if (!interrupted) await runStage(stage);
  };
  await Promise.all([runLane("computes"), runLane("waits")]);
  await rm(home, { recursive: true, force: true, maxRetries: 5 });

  const total = merge(outcomes);
  console.log(`\n━━ Result ━━\n\n${table.join("\n")}`);
  if (total.failures?.length) console.log(`\n  FAILED:\n${total.failures.map((name) => `    - ${name}`).join("\n")}`);
  if (total.skipped.length > 0)
    console.log(
      `\n  SKIPPED${process.env.CI === "true" ? " (a failure, since CI=true)" : ""}:\n${total.skipped.map((name) => `    - ${name}`).join("\n")}`,
    );
  const { line, exitCode } = lastLine(total, process.env.CI === "true");
  console.log(`\n${line}`);
  return interrupted ? 130 : exitCode;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
