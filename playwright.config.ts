// The browser tests, over the whole product: scripts/e2e-stack.ts starts it on a home of its own with a lab.
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { defineConfig, devices } from "@playwright/test";

const port = Number(process.env.HOMEPORT_E2E_PORT ?? 23110);
const installed = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((file) =>
  existsSync(file),
);
const executablePath = process.env.CHROMIUM_PATH ?? installed;
/** Where the stack writes what the tests need to know of it. */
process.env.HOMEPORT_E2E_INFO ??= path.join(tmpdir(), `homeport-e2e-${port}.json`);

export default defineConfig({
  testDir: "e2e",
  testMatch: "*.e2e.ts",
  outputDir: "test-results",
  // Two cores are shared with the whole stack; more browsers only wait for each other.
  workers: 2,
  // Each test has its own person and node: one long file does not keep a worker alone at the end.
  fullyParallel: true,
  retries: 0,
  // Only for what will never end: a busy machine is slow, and slow is no fault of what is tested.
  timeout: 600_000,
  expect: { timeout: 120_000 },
  forbidOnly: process.env.CI === "true",
  use: {
    ...devices["Desktop Chrome"],
    baseURL: `http://127.0.0.1:${port}`,
    viewport: { width: 1440, height: 900 },
    // Without a graphics card every turn of a spinner is drawn by the cores that the product needs.
    contextOptions: { reducedMotion: "reduce" },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
    },
  },
  webServer: {
    command: `node --import tsx scripts/e2e-stack.ts --port=${port} --info=${process.env.HOMEPORT_E2E_INFO}`,
    // All of its parts, not only the first page: on a fresh machine Temporal may have to be built first.
    ...(process.env.HOMEPORT_E2E_REUSE === "1"
      ? { url: `http://127.0.0.1:${port}/api/health`, reuseExistingServer: true }
      : { wait: { stdout: /"event":"ready"/ } }),
    timeout: 1_800_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 40_000 },
    stdout: "ignore",
    stderr: "pipe",
  },
});
