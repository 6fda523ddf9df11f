// A browser that was left signed in reveals nothing and destroys nothing: the password is asked for once more.
import { randomUUID } from "node:crypto";
import { createAuth } from "@homeport/auth";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RECENT_MS } from "./recent-sign-in";
import { appRouter } from "./root";
import {
  onlineNode,
  PASSWORD,
  person,
  readyContainer,
  SECRETS,
  startApi,
  template,
  type TestApi,
  type TestPerson,
} from "./testing/fixture";
import { refusal } from "./testing/refusal";

let api: TestApi;
let ada: TestPerson;
let containerId: string;
beforeAll(async () => {
  api = await startApi();
  ada = await person(api, "Ada");
  const [nodeId, revisionId] = [await onlineNode(api, ada, "pve"), await template(api)];
  ({ containerId } = await readyContainer(api, ada, {
    nodeId,
    templateRevisionId: revisionId,
    hostname: "web",
    vmid: 100,
  }));
});
afterAll(() => api.close());

const later = (ms: number): void => {
  api.clock.now = new Date(api.clock.now.getTime() + ms);
};
const reveal = async () => (await ada.caller()).containers.revealCredentials({ id: containerId, service: "web" });

type Procedure = { _def: { meta?: { recent?: boolean } } };
const asking = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>).filter(
  ([, { _def }]) => _def.meta?.recent === true,
); // the type names each, the test all

test("what reveals or replaces a secret, or destroys, asks for a recent sign-in", () => {
  expect(asking.map(([path]) => path).sort()).toEqual([
    "address.change",
    "batches.cancelRest",
    "containers.destroy",
    "containers.revealCredentials",
    "leases.set",
    "leases.setOfProject",
    "mails.open",
    "nodes.create",
    "nodes.destroy",
    "nodes.limitShare",
    "nodes.save",
    "nodes.share",
    "nodes.update",
    "organizations.destroy",
    "organizations.requireSecondFactor",
    "orphans.settle",
    "passkeys.beginRegister",
    "passkeys.remove",
    "passkeys.rename",
    "people.disable",
    "people.enable",
    "people.endSecondFactor",
    "people.setQuota",
    "projects.destroy",
    "runs.cancel",
    "secondFactor.begin",
    "secondFactor.confirm",
    "tokens.create",
  ]);
});

test("after half an hour it is refused, whatever else the person did meanwhile, and allowed again once the password was given", async () => {
  expect(await reveal()).toEqual({ password: SECRETS.credential });
  later(RECENT_MS - 1_000);
  expect(await reveal()).toEqual({ password: SECRETS.credential });
  later(2_000);
  const runs = await api.db.run.count();
  expect(await refusal(reveal())).toMatchObject({
    code: "forbidden",
    message: expect.stringContaining("Enter your password once more") as string,
  });
  expect(
    (await refusal((await ada.caller()).containers.destroy({ id: containerId, requestKey: randomUUID() }))).code,
  ).toBe("forbidden");
  // Undoing destroys what the run made; the other decisions do not, and are judged by the run alone.
  const { id: run } = await api.db.run.findFirstOrThrow({ where: { containerId } });
  const decide = async (decision: "undo" | "retry") =>
    refusal((await ada.caller()).runs.decide({ id: run, decision, requestKey: randomUUID() }));
  expect([(await decide("undo")).code, (await decide("retry")).code]).toEqual(["forbidden", "conflict"]);
  expect(await api.db.run.count()).toBe(runs);
  expect(await (await ada.caller()).containers.get({ id: containerId })).toMatchObject({ hostname: "web" });

  expect((await refusal((await ada.caller()).auth.confirmPassword({ password: "not the password" }))).fields).toEqual({
    password: "This is not your password.",
  });
  expect((await refusal(reveal())).code).toBe("forbidden");
  await (await ada.caller()).auth.confirmPassword({ password: PASSWORD });
  expect(await reveal()).toEqual({ password: SECRETS.credential });
});

test("guessing it is limited", async () => {
  api.deps.auth = createAuth({ db: api.db, secureCookies: false, clock: () => api.clock.now });
  const codes = new Set<string | null>();
  for (let i = 0; i < 10; i += 1)
    codes.add((await refusal((await ada.caller()).auth.confirmPassword({ password: `guess ${i}` }))).code);
  expect(codes).toContain("too_many_requests");
});
