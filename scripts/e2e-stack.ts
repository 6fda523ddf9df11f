// The whole product on a home of its own, for the browser tests: Playwright starts it and ends it with SIGTERM.
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { readJson, writeAtomically } from "./stack/processes";
import { homeAt, ROOT } from "./stack/paths";
import { createScreen } from "./stack/screen";
import type { DemoSignIn } from "./stack/secrets";
import { startStack } from "./stack/stack";
import { claimTemporaryHome, sweepDeadHomes } from "./test/temporary-home";

/**
 * `node --import tsx scripts/e2e-stack.ts --port=23110 --info=<file>`; HOMEPORT_E2E_LAB is memory (default) or lxc.
 * When everything is up it writes to `info` (0600) what the tests need: `StackInfo`, `home`, and prints `{"event":"ready"}`.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: "string", default: "23110" }, info: { type: "string" } } });
  await sweepDeadHomes();
  // All tests sign up and in from one address.
  process.env.HOMEPORT_LIMIT_FACTOR ??= "50";
  const dir = mkdtempSync(path.join(tmpdir(), "homeport-e2e-"));
  claimTemporaryHome(dir);
  const home = homeAt(dir);
  // The product's templates, and those that fail on purpose.
  process.env.HOMEPORT_TEMPLATES = path.join(dir, "templates");
  for (const folder of ["templates", "e2e/templates"])
    cpSync(path.join(ROOT, folder), process.env.HOMEPORT_TEMPLATES, { recursive: true });
  const stack = startStack({
    home,
    screen: createScreen((line) => {
      console.error(line);
    }),
    lab: process.env.HOMEPORT_E2E_LAB === "lxc" ? "lxc" : "memory",
    labVersion: process.env.HOMEPORT_E2E_LAB_VERSION ?? "9.2",
    ports: { dashboard: Number(values.port) },
    anyPorts: true,
  });
  const stop = async (): Promise<void> => {
    await stack.stop();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => {
      void stop().finally(() => process.exit(0));
    });
  try {
    const info = await stack.ready;
    const file = values.info ?? path.join(tmpdir(), `homeport-e2e-${values.port}.json`);
    writeAtomically(file, { ...info, home: dir, demo: readJson<DemoSignIn>(home.demo) });
    console.log(JSON.stringify({ event: "ready", url: info.url, info: file }));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    await stop();
    process.exit(1);
  }
}

void main();
