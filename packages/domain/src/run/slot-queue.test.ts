import { expect, test } from "vitest";
import { inQueue, nextGranted, roundFor, slotLimit, slotPool, type SlotEntry } from "./slot-queue";

/** A line as the records keep one: who asks is put in, who is done is taken out, and the next are let in. */
function openLine(limit: number) {
  let entries: SlotEntry[] = [];
  let asked = 0;
  const given: SlotEntry[] = [];
  const settle = (): void => {
    for (const entry of nextGranted(entries, limit)) {
      entries = entries.map((one) => (one.id === entry.id ? { ...one, granted: true } : one));
      given.push(entry);
    }
  };
  return {
    given,
    get entries() {
      return entries;
    },
    ask(userId: string): string {
      asked += 1;
      const id = `${userId}${asked}`;
      entries = [
        ...entries,
        { id, userId, round: roundFor(userId, entries), askedAt: new Date(asked), granted: false },
      ];
      settle();
      return id;
    },
    done(id: string): void {
      entries = entries.filter((entry) => entry.id !== id);
      settle();
    },
    working: () => entries.filter(({ granted }) => granted),
  };
}

test("thirty of one person's do not keep another's one waiting: it is the next", () => {
  const line = openLine(2);
  for (let n = 0; n < 30; n += 1) line.ask("ada");
  const bea = line.ask("bea");
  expect(inQueue(line.entries)[0]?.id).toBe(bea);
  line.done(line.working()[0]?.id ?? "");
  expect(line.given.at(-1)?.id).toBe(bea);
});

test("a third person is not forgotten while two others take their slots again and again", () => {
  const line = openLine(2);
  for (let n = 0; n < 10; n += 1) for (const who of ["ada", "bea"]) line.ask(who);
  line.ask("cy");
  for (let n = 0; n < 3; n += 1) line.done(line.working()[0]?.id ?? "");
  expect(line.given.map(({ userId }) => userId)).toContain("cy");
});

test("who has asked for one after the other does not overtake those who wait", () => {
  const line = openLine(1);
  for (let n = 0; n < 5; n += 1) line.ask("bea");
  let ada = line.ask("ada");
  for (let n = 0; n < 4; n += 1) {
    line.done(line.working()[0]?.id ?? "");
    if (!line.entries.some(({ id }) => id === ada)) ada = line.ask("ada");
  }
  expect(line.given.map(({ userId }) => userId)).toEqual(["bea", "ada", "bea", "ada", "bea"]);
});

test("whatever the order of asking and finishing: never too many, first come first served within a person, and turn about between them", () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const random = randomFrom(seed);
    const limit = 1 + Math.floor(random() * 4);
    const line = openLine(limit);
    const people = ["ada", "bea", "cy", "dan"].slice(0, 1 + Math.floor(random() * 4));
    const waits = new Map<string, { userId: string; own: number; others: Map<string, number> }>();
    let reported = 0;
    let worst = 0;
    const observe = (): void => {
      for (; reported < line.given.length; reported += 1) {
        const one = line.given[reported];
        if (!one) continue;
        const wait = waits.get(one.id);
        waits.delete(one.id);
        // While it waited nobody else was given more than two a round (one who comes back within a round is let in at its end), and
        // what this person held at once is made good to the others.
        if (wait)
          worst = Math.max(worst, ...[...wait.others.values()].map((count) => count - 2 * (wait.own + 1) - limit));
        for (const other of waits.values()) {
          if (other.userId !== one.userId) other.others.set(one.userId, (other.others.get(one.userId) ?? 0) + 1);
        }
      }
    };
    for (let step = 0; step < 120; step += 1) {
      const who = people[Math.floor(random() * people.length)] ?? "ada";
      if (random() < 0.55) {
        const own = inQueue(line.entries).filter(({ userId }) => userId === who).length;
        const id = line.ask(who);
        if (line.entries.some((entry) => entry.id === id && !entry.granted))
          waits.set(id, { userId: who, own, others: new Map() });
      } else {
        const working = line.working();
        const one = working[Math.floor(random() * working.length)];
        if (one) line.done(one.id);
      }
      observe();
      if (line.working().length !== Math.min(limit, line.entries.length))
        throw new Error(`seed ${seed}: ${line.working().length} of ${line.entries.length} work`);
    }
    expect(worst, `seed ${seed}`).toBeLessThanOrEqual(0);
    for (const who of people) {
      const order = line.given.filter(({ userId }) => userId === who).map(({ askedAt }) => askedAt.getTime());
      expect(order, `seed ${seed}`).toEqual([...order].sort((a, b) => a - b));
    }
  }
});

test("a limit that was lowered takes nobody's slot away, and lets nobody in", () => {
  const line = openLine(3);
  for (let n = 0; n < 5; n += 1) line.ask("ada");
  expect(nextGranted(line.entries, 1)).toEqual([]);
});

test("creates stand in a line for each storage, everything else in one", () => {
  const node = { createsAtOnce: 2, tasksAtOnce: 4 };
  expect([slotPool("create", "local-lvm"), slotPool("task", "local-lvm")]).toEqual(["create:local-lvm", "task"]);
  expect([slotLimit("create:task", node), slotLimit("task", node)]).toEqual([2, 4]);
});

/** mulberry32: small, and the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
