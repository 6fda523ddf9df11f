// One test run for the whole repository; *.integration.test.ts are those that need a server (see scripts/test/global-setup.ts).
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./scripts/test/longest-first.ts";

export default defineConfig({
  // As the dashboard's tsconfig.json has it; nobody else writes "@/".
  resolve: { alias: [{ find: /^@\//, replacement: `${import.meta.dirname}/apps/dashboard/` }] },
  test: {
    include: ["**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**", "**/.next*/**", "**/.homeport/**"],
    sequence: { sequencer: LongestFirst },
    globalSetup: ["scripts/test/global-setup.ts"],
    // Only for what will never end: a busy machine is slow, and slow is no fault of what is tested.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    teardownTimeout: 30_000,
    expect: { poll: { timeout: 180_000 } },
    // Of one file: what a test of real containers needs is memory and disk.
    maxConcurrency: 3,
    // A test that needs an environment sets it; one that leaks into another test is a bug in both.
    unstubEnvs: true,
  },
});
