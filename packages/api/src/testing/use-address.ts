// Every procedure on an address, a forgotten password, API tokens, the mails and the people once, for the rules that hold for all of them.
import { noQuota } from "@homeport/domain/quota/quota";
import { expect } from "vitest";
import { browser, linkTo, person, program, type TestApi, type TestPerson } from "./fixture";
import { codeAt } from "./code-at";
import { refusal } from "./refusal";
import type { Use } from "./use";

/** The mails are those of the installation: who set it up reads them. */
export async function useAddress(api: TestApi, ada: TestPerson, use: Use): Promise<void> {
  const caller = await ada.caller();
  await use("address.show", () => caller.address.show());
  await use("address.sendLink", () => caller.address.sendLink());
  await use("address.change", () => caller.address.change({ email: `other-${ada.email}` }));
  await use("address.cancelChange", () => caller.address.cancelChange());
  await caller.address.sendLink();
  const link = await linkTo(api, ada.email);
  await use("address.showLink", async () => (await browser(api).caller()).address.showLink({ token: link }));
  await use("address.confirm", async () => (await browser(api).caller()).address.confirm({ token: link }));
  const forgetful = await person(api, "Forgetful");
  await use("reset.ask", async () => (await browser(api).caller()).reset.ask({ email: forgetful.email }));
  const token = await linkTo(api, forgetful.email);
  await use("reset.show", async () => (await browser(api).caller()).reset.show({ token }));
  await use("reset.finish", async () =>
    (await browser(api).caller()).reset.finish({ token, password: "another night in the lab" }),
  );
  const { id: first } = await api.db.user.findFirstOrThrow({ orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
  expect(first).toBe(ada.id);
  const [{ id: tokenId, token: secret }] = [
    await use("tokens.create", () =>
      caller.tokens.create({ name: "t", days: 1, permissions: ["run:read"], projectIds: null }),
    ),
  ];
  await use("tokens.own", async () => (await program(api, secret).caller()).tokens.own());
  await use("tokens.list", () => caller.tokens.list());
  await use("tokens.revoke", () => caller.tokens.revoke({ id: tokenId }));
  await use("secondFactor.show", () => caller.secondFactor.show());
  const { secret: shared } = await use("secondFactor.begin", () => caller.secondFactor.begin());
  const code = (steps: number) => codeAt(shared, api.clock.now, steps);
  const { recoveryCodes } = await use("secondFactor.confirm", () => caller.secondFactor.confirm({ code: code(-1) }));
  await use("secondFactor.giveCode", () => caller.secondFactor.giveCode({ code: recoveryCodes[0] ?? "" }));
  await use("secondFactor.renewCodes", () => caller.secondFactor.renewCodes({ code: code(0) }));
  expect((await refusal(caller.secondFactor.turnOff({ code: recoveryCodes[0] ?? "" }))).code).toBe("invalid");
  await use("secondFactor.turnOff", () => caller.secondFactor.turnOff({ code: code(1) }));
  await use("people.isMine", () => caller.people.isMine());
  const { items } = await use("mails.list", () => caller.mails.list());
  const [kept] = items.filter(({ to }) => to === forgetful.email);
  const id = kept?.id ?? "";
  await use("mails.open", () => caller.mails.open({ id }));
  await api.db.mail.update({ where: { id }, data: { state: "dead" } });
  await use("mails.sendAgain", () => caller.mails.sendAgain({ id }));
  await api.db.mail.update({ where: { id }, data: { state: "dead", settledAt: api.clock.now } });
  await use("mails.discard", () => caller.mails.discard({ id }));
  await use("people.list", () => caller.people.list());
  await use("people.disable", () => caller.people.disable({ id: forgetful.id }));
  await use("people.enable", () => caller.people.enable({ id: forgetful.id }));
  await api.db.secondFactor.create({ data: { userId: forgetful.id, secret: "sealed", confirmedAt: api.clock.now } });
  await use("people.setQuota", () =>
    caller.people.setQuota({ id: forgetful.id, quota: { ...noQuota, containers: 3 } }),
  );
  await use("people.endSecondFactor", () => caller.people.endSecondFactor({ id: forgetful.id }));
}
