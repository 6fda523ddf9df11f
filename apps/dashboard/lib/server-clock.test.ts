import { expect, test } from "vitest";
import { createServerClock, learningFetch } from "./server-clock";

const HOUR = 3_600_000;

/** A browser whose clock can be wrong, in milliseconds. */
function browserAt(now: number) {
  const own = { now };
  return { own, clock: createServerClock(() => own.now) };
}

test("a browser two hours ahead counts with the server's time", () => {
  const { own, clock } = browserAt(10 * HOUR);
  clock.learn({ sentAt: 10 * HOUR - 100, receivedAt: 10 * HOUR, serverAt: 8 * HOUR - 50 });
  expect(clock.now()).toBe(8 * HOUR);
  own.now += 5_000;
  expect(clock.now()).toBe(8 * HOUR + 5_000);
});

test("a slow answer does not spoil what a quick one taught", () => {
  const { clock } = browserAt(HOUR);
  clock.learn({ sentAt: HOUR - 20, receivedAt: HOUR, serverAt: HOUR - 10 });
  clock.learn({ sentAt: HOUR, receivedAt: HOUR + 4_000, serverAt: HOUR + 100 });
  expect(clock.now()).toBe(HOUR);
});

test("a clock that is set while the page is open is noticed with the next answer, and drift after a while", () => {
  const { own, clock } = browserAt(HOUR);
  clock.learn({ sentAt: HOUR - 20, receivedAt: HOUR, serverAt: HOUR - 10 });
  own.now = 3 * HOUR;
  clock.learn({ sentAt: 3 * HOUR - 400, receivedAt: 3 * HOUR, serverAt: HOUR + 60_000 - 200 });
  expect(clock.now()).toBe(HOUR + 60_000);
  own.now += 400_000;
  clock.learn({ sentAt: own.now - 600, receivedAt: own.now, serverAt: HOUR + 460_000 - 300 + 50 });
  expect(clock.now()).toBe(HOUR + 460_050);
});

test("nonsense teaches nothing: no header, a proxy's page, a clock set back during the answer", async () => {
  const { clock } = browserAt(HOUR);
  const send = learningFetch(clock, () => Promise.resolve(new Response("<html>")));
  await send("/api/trpc/x");
  clock.learn({ sentAt: HOUR, receivedAt: HOUR - 5, serverAt: 5 });
  clock.learn({ sentAt: HOUR, receivedAt: HOUR, serverAt: Number.NaN });
  expect(clock.now()).toBe(HOUR);
});

test("the time is taken from the answer of the API", async () => {
  const clock = createServerClock();
  const send = learningFetch(clock, () =>
    Promise.resolve(new Response("{}", { headers: { "x-homeport-time": String(Date.now() - 2 * HOUR) } })),
  );
  await send("/api/trpc/x");
  expect(Math.abs(clock.now() - (Date.now() - 2 * HOUR))).toBeLessThan(1_000);
});
