// Ports: never somebody else's, the same as last time where possible.
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { anyPort, choosePorts } from "./ports";

let dir: string;
let busy: Server | undefined;

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "homeport-ports-"));
});
afterEach(async () => {
  await new Promise<void>((resolve) => {
    if (busy)
      busy.close(() => {
        resolve();
      });
    else resolve();
  });
  busy = undefined;
  rmSync(dir, { recursive: true });
});

test("a busy port is stepped around and told", async () => {
  const file = path.join(dir, "ports.json");
  const before = await choosePorts({ file, any: true, print: () => undefined });
  await occupy(before.dashboard);
  const reported: string[] = [];

  const after = await choosePorts({ file, any: true, print: (line) => reported.push(line) });

  expect(after.dashboard).not.toBe(before.dashboard);
  expect(reported).toContain(`Port ${before.dashboard} is busy: the dashboard uses ${after.dashboard}.`);
});

test("the ports of the last start are taken again when they are free", async () => {
  const file = path.join(dir, "ports.json");
  const first = await choosePorts({ file, any: true, print: () => undefined });

  expect(await choosePorts({ file, any: true, print: () => undefined })).toEqual(first);
});

test("a port that was asked for is never replaced silently", async () => {
  const port = await anyPort();
  await occupy(port);

  await expect(
    choosePorts({ file: path.join(dir, "ports.json"), wanted: { dashboard: port }, any: true, print: () => undefined }),
  ).rejects.toThrow(`Port ${port}`);
});

function occupy(port: number): Promise<void> {
  const server = createServer();
  busy = server;
  return new Promise((resolve) => {
    server.listen(port, "127.0.0.1", () => {
      resolve();
    });
  });
}
