// A part of the stack knows what it needs, and nothing more.
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { machineEnvironment, startChild } from "./child";

test("neither passwords nor keys are inherited; what belongs to the machine is", () => {
  const all = {
    PATH: "/bin",
    LANG: "C",
    HTTPS_PROXY: "http://proxy",
    HOMEPORT_CACHE: "/cache",
    DATABASE_URL: "postgresql://u:secret@h/d",
    PGPASSWORD: "secret",
    TEMPORAL_ADDRESS: "t:7233",
    HOMEPORT_KEY_FILE: "/keys",
    HOMEPORT_DEMO_FILE: "/demo",
  };
  expect(machineEnvironment(all as unknown as NodeJS.ProcessEnv)).toEqual({
    PATH: "/bin",
    LANG: "C",
    HTTPS_PROXY: "http://proxy",
    HOMEPORT_CACHE: "/cache",
  });
});

test("a child that is given nothing of ours has nothing of ours in its environment", async () => {
  const log = path.join(mkdtempSync(path.join(tmpdir(), "homeport-child-")), "child.log");
  process.env.HOMEPORT_KEY_FILE = "/keys/of/a/test";
  try {
    const child = await startChild({
      name: "child",
      argv: [process.execPath, "-e", "console.log(JSON.stringify({ event: 'env', env: process.env }))"],
      cwd: "/",
      env: { GIVEN: "1" },
      log,
      ready: (output) => output.includes('"event"'),
    });
    await child.exited;
  } finally {
    delete process.env.HOMEPORT_KEY_FILE;
  }
  const { env } = JSON.parse(readFileSync(log, "utf8")) as { env: Record<string, string> };
  expect(env.GIVEN).toBe("1");
  expect(Object.keys(env).filter((name) => /^(?:DATABASE_URL|TEMPORAL_|HOMEPORT_(?!CACHE))/.test(name))).toEqual([]);
});
