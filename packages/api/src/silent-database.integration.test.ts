// A PostgreSQL that is frozen, or behind a firewall that drops: it neither answers nor closes.
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { createAuth } from "@homeport/auth";
import { createDb } from "@homeport/db/client";
import { isDatabaseAway } from "@homeport/db/database-away";
import { afterAll, beforeAll, expect, test } from "vitest";
import { handle } from "./handler";
import { person, startApi, type TestApi, type TestPerson } from "./testing/fixture";

let api: TestApi;
let ada: TestPerson;
beforeAll(async () => {
  api = await startApi();
  ada = await person(api, "Ada");
});
afterAll(() => api.close());

test("with a silent database a request ends with 503, inside a transaction too, and with its return every connection is a fresh one", async () => {
  const server = new URL(api.url);
  const wire = await openWire({ host: server.hostname, port: Number(server.port) });
  server.port = String(wire.port);
  const db = createDb(server.href, { max: 2, silenceMs: 500 });
  const deps = {
    ...api.deps,
    db,
    auth: createAuth({ db, secureCookies: false, clock: api.deps.clock, limitFactor: 1 }),
  };
  const me = () =>
    handle(new Request("http://homeport.test/api/trpc/auth.me", { headers: { cookie: ada.jar.cookie } }), { deps });
  expect((await me()).status).toBe(200);

  // Silent in the middle of a transaction that has written.
  const half = db.$transaction(async (transaction) => {
    await transaction.auditLog.create({ data: { action: "test.half" } });
    wire.silence();
    await transaction.auditLog.create({ data: { action: "test.half" } });
  });
  expect(isDatabaseAway(await half.catch((error: unknown) => error))).toBe(true);
  for (const answer of await Promise.all([me(), me(), me()])) {
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('"appCode":"unavailable"');
  }

  wire.mend();
  await expect.poll(async () => (await me()).status).toBe(200);
  await Promise.all([1, 2, 3, 4].map(() => db.auditLog.create({ data: { action: "test.after" } })));
  // As others see it: none was swallowed by a transaction that was left open, and nothing of the half one stayed.
  expect(await api.db.auditLog.count({ where: { action: "test.after" } })).toBe(4);
  expect(await api.db.auditLog.count({ where: { action: "test.half" } })).toBe(0);
  await db.$disconnect();
  await wire.close();
});

/** Keeps everything open and, while it is silent, carries nothing; what was swallowed then stays lost. */
async function openWire(to: { host: string; port: number }) {
  const sockets = new Set<Socket>();
  let silent = false;
  const server = createServer((near) => {
    const far = connect(to);
    for (const [from, into] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("error", () => from.destroy());
      from.on("data", (bytes) => {
        if (!silent) into.write(bytes);
      });
      from.on("close", () => into.destroy());
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port, // a TCP server's address is never a path
    silence: () => {
      silent = true;
    },
    mend: () => {
      silent = false;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
