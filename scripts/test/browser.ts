// A Chromium for the browser tests: the system's, Playwright's own download, or the distribution's package.
import { chromium } from "@playwright/test";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { installPackages, whyNoApt } from "../stack/apt";
import { ROOT } from "../stack/paths";

const SYSTEM = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

export type Browser = { path: string | undefined; from: string } | { missing: string };

/** Finds or gets one that truly starts. `path` is undefined for Playwright's own. */
export async function getBrowser(print: (line: string) => void): Promise<Browser> {
  for (const file of [process.env.CHROMIUM_PATH, ...SYSTEM]) {
    if (file && existsSync(file) && (await starts(file)) === undefined) return { path: file, from: file };
  }
  if ((await starts()) === undefined) return { path: undefined, from: "Playwright" };

  print("No Chromium here: trying Playwright's download …");
  const cli = path.join(ROOT, "node_modules/@playwright/test/cli.js");
  const env = { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: "10000" };
  const { status } = spawnSync(process.execPath, [cli, "install", "chromium"], {
    cwd: ROOT,
    env,
    stdio: ["ignore", "ignore", "ignore"],
    timeout: 300_000,
  });
  const own = status === 0 ? await starts() : "it could not be downloaded";
  if (own === undefined) return { path: undefined, from: "Playwright's download" };
  print(`Playwright's Chromium is of no use: ${own}`);

  const reason = whyNoApt();
  if (reason !== undefined)
    return { missing: `no Chromium on this machine, Playwright's cannot be had (${own}), and ${reason}` };
  try {
    await installPackages(["chromium"], print);
  } catch (error) {
    return { missing: error instanceof Error ? error.message : String(error) };
  }
  const packaged = await starts("/usr/bin/chromium");
  return packaged === undefined ? { path: "/usr/bin/chromium", from: "the package chromium" } : { missing: packaged };
}

/** Why it does not start; `undefined` when it does. */
async function starts(executablePath?: string): Promise<string | undefined> {
  try {
    const browser = await chromium.launch({
      timeout: 30_000,
      ...(executablePath === undefined ? {} : { executablePath }),
    });
    await browser.close();
    return undefined;
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).split("\n")[0];
  }
}
