// What a browser has to receive before a page works: bytes are a promise, and a page that grows says by how much.
import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "@playwright/test";
import { DASHBOARD_DIR } from "../scripts/stack/dashboard-build";

interface Route {
  route: string;
  firstLoadChunkPaths: string[];
}

/** Compressed, in KiB: a little above what each is today. What Next and React themselves are is 137 of each. */
const most: Record<string, number> = {
  "/sign-in": 240,
  "/sign-up": 240,
  "/p/[project]": 280,
  "/p/[project]/runs": 267,
  "/p/[project]/runs/[id]": 295,
  "/p/[project]/containers/[id]": 280,
  "/nodes": 267,
  "/templates": 265,
};

test("no page's first scripts are larger than they were", () => {
  // Written by `next build`.
  const stats = JSON.parse(
    readFileSync(path.join(DASHBOARD_DIR, ".next/diagnostics/route-bundle-stats.json"), "utf8"),
  ) as Route[];
  const sizes = Object.fromEntries(
    stats
      .filter(({ route }) => route in most)
      .map(({ route, firstLoadChunkPaths }) => [
        route,
        firstLoadChunkPaths.reduce(
          (sum, file) => sum + gzipSync(readFileSync(path.join(DASHBOARD_DIR, file))).length,
          0,
        ),
      ]),
  );
  expect(Object.keys(sizes).sort()).toEqual(Object.keys(most).sort());
  const above = Object.entries(sizes)
    .filter(([route, bytes]) => bytes > (most[route] ?? 0) * 1_024)
    .map(([route, bytes]) => `${route}: ${Math.round(bytes / 1_024)} KiB, at most ${most[route]}`);
  expect(above).toEqual([]);
});
