// The stages of `npm test`, in two lanes side by side: what computes, and what mostly waits for servers. Within a lane they run in
// order, each whatever the ones before it found; the browser's stage, which does both, stands where it makes the lanes equally long.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { missingPackages } from "../../packages/lab/src/lxc/available";
import { installPackages, whyNoApt } from "../stack/apt";
import { whyNoLxc } from "../stack/lab";
import { ROOT } from "../stack/paths";
import { getTemporal } from "../stack/temporal-binary";
import { getBrowser } from "./browser";
import { prepareNginx } from "./nginx";
import { merge, readPlaywright, readVitest, withExitCode, type Outcome } from "./results";
import { sweepDeadHomes } from "./temporary-home";
import { UNHANDLED_FILE } from "./unhandled-errors";

interface StageContext {
  /** A folder of this run alone. */
  home: string;
  env: NodeJS.ProcessEnv;
  print: (line: string) => void;
  /** Where the tools write; undefined: to the terminal. */
  output?: number;
  /** Of test files, by a part of their name; the stage's own when there is none. */
  filter?: readonly string[];
}

export interface Stage {
  name: string;
  /** What `--only=` calls it. */
  only: readonly string[];
  /** Runs only when it is named: another one holds what it holds. */
  alone?: boolean;
  lane: "computes" | "waits";
  title: string;
  run(context: StageContext): Promise<Outcome>;
}

const bin = (file: string): string => path.join(ROOT, "node_modules", file);

const without = (...files: readonly string[]): readonly string[] => files.flatMap((file) => ["--exclude", file]);
/** A third worker, as some of them wait; nothing that one file leaves behind is seen by another, so that modules are read once. */
const UNIT = [...without("**/*.integration.test.*", "**/*.fault.test.*"), "--maxWorkers=3", "--no-isolate"];
/** One tool, which is right about everything or fails. */
const tool = (file: string, ...args: readonly string[]) => {
  return async (context: StageContext): Promise<Outcome> =>
    one(await runTool([process.execPath, bin(file), ...args], context));
};
const oxlint = tool("oxlint/bin/oxlint", "--type-check");
/** The compiler with nothing of Node and the DOM; everything else is checked together with lint. */
const typesOfDomain = tool(
  "@typescript/native-preview/bin/tsgo",
  "--noEmit",
  "-p",
  "packages/domain/tsconfig.pure.json",
);

export const stages: readonly Stage[] = [
  {
    name: "format",
    only: ["format", "check"],
    lane: "computes",
    title: "Format",
    run: tool("oxfmt/bin/oxfmt", "--check"),
  },
  {
    name: "types",
    only: ["types", "lint", "check"],
    lane: "computes",
    title: "Types and lint",
    run: async (context) => merge([await oxlint(context), await typesOfDomain(context)]),
  },
  {
    name: "unused",
    only: ["unused", "check"],
    lane: "computes",
    title: "Files, exports and dependencies that nobody uses",
    run: tool("knip/bin/knip.js"),
  },
  {
    name: "quick",
    only: ["quick", "check"],
    alone: true,
    lane: "waits",
    title: "Unit, without real containers and recorded histories",
    run: (context) =>
      runVitest(context, [...UNIT, ...without("packages/lab/src/lxc/**", "**/replay.test.ts")], "quick"),
  },
  {
    name: "unit",
    only: ["unit", "tests"],
    lane: "computes",
    title: "Unit, architecture, contract, replay",
    run: (context) => runVitest(context, UNIT, "unit"),
  },
  {
    name: "integration",
    only: ["integration", "tests"],
    lane: "waits",
    title: "Integration: PostgreSQL, Temporal, the lab",
    run: async (context) => {
      const notes = [
        await prepareTemporalCli(context.print),
        await prepareLxc(context.print),
        prepareNginx(context.print),
      ];
      for (const note of notes.filter((each) => each !== undefined)) context.print(`Some tests are skipped: ${note}`);
      // They wait for servers more than they compute: more at once than there are cores. Modules are read once, as above.
      return runVitest(context, [".integration.test.", "--maxWorkers=3", "--no-isolate"], "integration");
    },
  },
  {
    name: "faults",
    only: ["faults"],
    lane: "waits",
    title: "Faults: every part killed, cut, filled and deceived; then the invariants",
    run: async (context) => {
      // They wait much more than they work: more at once than there are cores.
      const note = await prepareTemporalCli(context.print);
      if (note !== undefined) context.print(`Tests are skipped: ${note}`);
      return runVitest(
        context,
        [...(context.filter ?? [".fault.test."]), "--maxWorkers=4", "--testTimeout=300000"],
        "faults",
      );
    },
  },
  {
    name: "e2e",
    only: ["e2e"],
    lane: "computes",
    title: "Browser: the whole product in Chromium",
    run: runBrowserTests,
  },
];

async function runVitest(context: StageContext, filter: readonly string[], name: string): Promise<Outcome> {
  const report = path.join(context.home, `${name}.json`);
  const argv = [
    process.execPath,
    bin("vitest/vitest.mjs"),
    "run",
    "--reporter=default",
    "--reporter=json",
    "--reporter=./scripts/test/unhandled-errors.ts",
    `--outputFile.json=${report}`,
    ...filter,
  ];
  const unhandled = path.join(context.home, `${name}.unhandled.json`);
  const exitCode = await runTool(argv, { ...context, env: { ...context.env, [UNHANDLED_FILE]: unhandled } });
  return withExitCode(readVitest(report, unhandled), exitCode, `Vitest (${name})`);
}

async function runBrowserTests(context: StageContext): Promise<Outcome> {
  const { env, home, print } = context;
  const browser = await getBrowser(print);
  if ("missing" in browser) return { passed: 0, failed: 0, skipped: [`all browser tests: ${browser.missing}`] };
  print(`Chromium from ${browser.from}`);
  const report = path.join(home, "playwright.json");
  const argv = [process.execPath, bin("@playwright/test/cli.js"), "test", "--reporter=list,json"];
  const exitCode = await runTool(argv, {
    ...context,
    env: {
      ...env,
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
      ...(browser.path === undefined ? {} : { CHROMIUM_PATH: browser.path }),
    },
  });
  await sweepDeadHomes(); // a stack whose launcher was killed
  return withExitCode(readPlaywright(report), exitCode, "Playwright");
}

/** Why tests with Temporal cannot run; the test itself skips, by its name. */
async function prepareTemporalCli(print: (line: string) => void): Promise<string | undefined> {
  try {
    await getTemporal({ print });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** In containers of Alpine there is no other shell: what runs inside a guest is tried in it. */
function missingShell(): string[] {
  return ["/bin", "/usr/bin"].some((directory) => existsSync(`${directory}/busybox`)) ? [] : ["busybox"];
}

async function prepareLxc(print: (line: string) => void): Promise<string | undefined> {
  try {
    if (whyNoApt() === undefined) await installPackages([...missingPackages(), ...missingShell()], print);
  } catch (error) {
    print(error instanceof Error ? error.message : String(error));
  }
  const reason = await whyNoLxc();
  return reason === undefined ? undefined : `real containers cannot run here: ${reason}`;
}

function one(exitCode: number): Outcome {
  return exitCode === 0 ? { passed: 1, failed: 0, skipped: [] } : { passed: 0, failed: 1, skipped: [] };
}

function runTool([command = "", ...args]: readonly string[], { env, output = 1 }: StageContext): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, env, stdio: ["ignore", output, output === 1 ? 2 : output] });
    child.once("error", (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.once("close", (code) => {
      resolve(code ?? 1);
    });
  });
}
