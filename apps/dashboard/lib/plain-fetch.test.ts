import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { plainFetch } from "./plain-fetch";

let server: Server;
let origin: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === "/cut") return void request.socket.destroy();
    const [, status = "200", type = "text"] = /^(?:\/api\/runs)?\/(\d+)\/(\w+)/.exec(request.url ?? "") ?? [];
    response
      .writeHead(Number(status), { "content-type": type === "json" ? "application/json" : `text/${type}` })
      .end("x");
  });
  await new Promise<void>((done) => {
    server.listen(0, "127.0.0.1", done);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
});

const RAW = /fetch|Load failed|NetworkError|ECONN|JSON|token/i;

test.each([
  ["GET", "Nothing was changed."],
  ["POST", "Nothing is known of what became of this"],
])("a lost answer to %s: what is known is said, in no browser's words", async (method, known) => {
  const error: Error = await plainFetch(`${origin}/cut`, { method }).then(
    () => new Error("answered"),
    (failure: Error) => failure,
  );
  expect(error.message).toContain("Homeport does not answer");
  expect(error.message).toContain(known);
  expect(error.message).not.toMatch(RAW);
});

test.each([
  [502, "proxy"],
  [504, "proxy"],
  [413, "size"],
  [404, "Something else"],
  [200, "Something else"],
])("a page of somebody else with %i", async (status, part) => {
  await expect(plainFetch(`${origin}/${status}/html`)).rejects.toThrow(part);
});

test("Homeport's own refusals come through, as JSON and as a line", async () => {
  expect((await plainFetch(`${origin}/409/json`, { method: "POST" })).status).toBe(409);
  expect((await plainFetch(`${origin}/api/runs/404/plain`)).status).toBe(404);
});

test("what the page gave up itself stays an abort", async () => {
  await expect(plainFetch(`${origin}/200/text`, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    name: "AbortError",
  });
});
