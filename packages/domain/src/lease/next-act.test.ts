// What a lease does, at every moment of its life: warned, shut down, destroyed, each once and none too early.
import { expect, test } from "vitest";
import {
  destructionOf,
  type LentGuest,
  nextAct,
  retryAt,
  type LeaseAct,
  type LeaseFacts,
  type Standing,
} from "./next-act";

const HOUR = 3_600_000;
const at = (hours: number) => new Date(Date.UTC(2027, 0, 1) + hours * HOUR);
const lent: LeaseFacts = {
  ...{ setAt: at(0), endsAt: at(240), graceHours: 168 },
  ...{ stage: "lent", endedAt: null, warnedAt: null },
};
const next = (lease: LeaseFacts, hours: number, standing: Partial<Standing> = {}) =>
  nextAct(lease, { guest: "running", busy: false, exempt: false, ...standing, now: at(hours) });

type Case = [string, Partial<LeaseFacts>, [hours: number, LentGuest], LeaseAct];

test.each<Case>([
  ["until the first warning", {}, [1, "running"], { do: "wait", until: at(168) }],
  ["three days before", {}, [168, "running"], { do: "warn", of: "end" }],
  ["warned", { warnedAt: at(168) }, [169, "running"], { do: "wait", until: at(216) }],
  ["a day before", { warnedAt: at(168) }, [216, "unknown"], { do: "warn", of: "end" }],
  ["warned again", { warnedAt: at(216) }, [217, "stopped"], { do: "wait", until: at(240) }],
  ["both warnings missed: one", {}, [230, "running"], { do: "warn", of: "end" }],
  ["the end, running", { warnedAt: at(216) }, [240, "running"], { do: "stop" }],
  ["the end, stopped", { warnedAt: at(216) }, [240, "stopped"], { do: "end" }],
  ["the end, without a guest", { warnedAt: at(216) }, [240, "absent"], { do: "end" }],
  ["the end, its node silent", {}, [240, "unknown"], { do: "wait", until: at(240 + 1 / 60) }],
  ["a lease of an hour, without a warning", { endsAt: at(1) }, [0, "running"], { do: "wait", until: at(1) }],
  ["of two days: the second warning alone", { endsAt: at(48) }, [0, "running"], { do: "wait", until: at(24) }],
])("%s", (...[, change, [hours, guest], act]) => {
  expect(next({ ...lent, ...change }, hours, { guest })).toEqual(act);
});

const ending: LeaseFacts = { ...lent, stage: "ending" };
test("ending: the grace period begins when it is seen stopped, not when that was begun; what a person cancelled is not begun again", () => {
  expect(next(ending, 241, { guest: "stopped", busy: true }).do).toBe("wait");
  expect(next(ending, 241, { guest: "unknown" })).toEqual({ do: "wait", until: at(241.1) });
  expect(next(ending, 400, { guest: "running" })).toEqual({ do: "wait", until: at(400.5) });
  expect(next(ending, 400, { guest: "stopped" })).toEqual({ do: "end" });
});

const ended: LeaseFacts = { ...lent, stage: "ended", endedAt: at(250) };
test.each<Case>([
  ["whether it is still stopped", {}, [300, "stopped"], { do: "wait", until: at(300.5) }],
  ["somebody has started it", {}, [300, "running"], { do: "stop" }],
  ["a day before the destruction", {}, [394, "stopped"], { do: "warn", of: "destruction" }],
  ["warned", { warnedAt: at(394) }, [417.75, "stopped"], { do: "wait", until: at(418) }],
  ["the destruction", { warnedAt: at(394) }, [418, "stopped"], { do: "destroy" }],
  ["of one that never had a guest", { warnedAt: at(394) }, [418, "absent"], { do: "destroy" }],
  ["not known how it stands", { warnedAt: at(394) }, [418, "unknown"], { do: "wait", until: at(418 + 1 / 60) }],
  ["Homeport was off past its date: it is warned first", {}, [2_000, "stopped"], { do: "warn", of: "destruction" }],
  ["and has a day", { warnedAt: at(2_000) }, [2_023.75, "stopped"], { do: "wait", until: at(2_024) }],
  ["then it is destroyed", { warnedAt: at(2_000) }, [2_024, "stopped"], { do: "destroy" }],
  ["an hour of grace: half of it before", { graceHours: 1 }, [250.5, "stopped"], { do: "warn", of: "destruction" }],
  ["never destroyed, but kept stopped", { graceHours: null }, [9_000, "stopped"], { do: "wait", until: at(9_000.5) }],
  ["and shut down again", { graceHours: null }, [9_000, "running"], { do: "stop" }],
  ["begun: never twice", { stage: "destroying" }, [9_000, "stopped"], { do: "rest" }],
])("ended: %s", (...[, change, [hours, guest], act]) => {
  expect(next({ ...ended, ...change }, hours, { guest })).toEqual(act);
});

test("the tag keeps it from everything, a run under way from all but warnings; deleted, it rests", () => {
  for (const lease of [lent, ending, { ...ended, warnedAt: at(394) }])
    for (const hours of [168, 240, 394, 418, 9_000])
      for (const guest of ["running", "stopped"] as const) {
        expect(["wait", "rest", "renew"]).toContain(next(lease, hours, { guest, exempt: true }).do);
        expect(["wait", "rest", "warn", "renew"]).toContain(next(lease, hours, { guest, busy: true }).do);
        expect(next(lease, hours, { guest: "gone" }).do).toBe("rest");
      }
});

/** The world beside the lease: when it was last seen running, and when somebody was last warned, whatever the lease remembers of it. */
interface World {
  hours: number;
  ranAt: number;
  warnedAt: number | null;
}

test("whatever happens, however long Homeport was away: destroyed only after a whole grace period since it last ran, or was kept, at a look, and a notice", () => {
  const pauses = [0.5, 30, 200, 5_000];
  let destroyed = 0;
  const walk = (lease: LeaseFacts, { hours, ranAt, warnedAt }: World, depth: number): void => {
    if (depth === 0) return;
    for (const guest of ["running", "stopped", "unknown"] as const)
      for (const pause of pauses) {
        const now = hours + pause;
        const ran = guest === "running" || pause === 30 ? now : ranAt;
        const exempt = pause === 30;
        const act = next(lease, now, { guest, exempt });
        const world = { hours: now, ranAt: ran, warnedAt };
        if (act.do === "wait") {
          expect(act.until.getTime()).toBeGreaterThan(at(now).getTime());
          walk(lease, world, depth - 1);
        } else if (act.do === "destroy") {
          destroyed += 1;
          expect([guest, now - ran >= 168, warnedAt !== null && now - warnedAt >= 24]).toEqual(["stopped", true, true]);
        } else if (act.do === "stop")
          walk({ ...lease, stage: "ending", endedAt: null, warnedAt: null }, world, depth - 1);
        else if (act.do === "end")
          walk({ ...lease, stage: "ended", endedAt: at(now), warnedAt: null }, { ...world, warnedAt: null }, depth - 1);
        else if (act.do === "renew")
          walk({ ...lease, endedAt: at(now), warnedAt: null }, { ...world, warnedAt: null }, depth - 1);
        else if (act.do === "warn") walk({ ...lease, warnedAt: at(now) }, { ...world, warnedAt: now }, depth - 1);
      }
  };
  walk({ ...lent, endsAt: at(1), setAt: at(0) }, { hours: 0, ranAt: 0, warnedAt: null }, 5);
  expect(destroyed).toBeGreaterThan(10);
});

test("when it will be destroyed is said before and after its end, and looks grow rarer", () => {
  expect([destructionOf(lent), destructionOf(ended)]).toEqual([at(408), at(418)]);
  expect(destructionOf({ ...ended, warnedAt: at(2_000) })).toEqual(at(2_024));
  expect(destructionOf({ ...ended, graceHours: null })).toBeNull();
  expect([retryAt(at(0), at(0)), retryAt(at(0), at(2)), retryAt(at(0), at(90))]).toEqual([
    at(1 / 60),
    at(2.2),
    at(90.5),
  ]);
});
