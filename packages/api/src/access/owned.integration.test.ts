// Every noun of the table is found by its owner alone, and refused to everybody else in the same words as what never was.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createContext, memberContext, type MemberContext } from "../context";
import {
  batchInput,
  onlineNode,
  person,
  readyContainer,
  sameOrigin,
  startApi,
  template,
  type TestApi,
  type TestPerson,
} from "../testing/fixture";
import { passkeyOf } from "../testing/use-passkeys";
import { nouns, type NounName } from "./nouns";
import { owned, visible } from "./owned";

let api: TestApi;
let owner: MemberContext;
let stranger: MemberContext;
let viewer: MemberContext;
let made: Record<NounName, string>;

async function contextOf({ jar }: TestPerson): Promise<MemberContext> {
  const req = { headers: new Headers({ ...sameOrigin, cookie: jar.cookie }) };
  const member = memberContext(await createContext({ req, deps: api.deps }));
  if (member === null) throw new Error("they are signed in");
  return member;
}

beforeAll(async () => {
  api = await startApi();
  const people = [await person(api, "Owner"), await person(api, "Stranger"), await person(api, "Viewer")] as const;
  const [ada] = people;
  const [nodeId, revisionId] = [await onlineNode(api, ada, "pve"), await template(api)];
  const at = { nodeId, templateRevisionId: revisionId, hostname: "web", vmid: 100 };
  const { containerId, runId } = await readyContainer(api, ada, at);
  const { batchId } = await (await ada.caller()).batches.create(batchInput(nodeId, revisionId, "many-{1..2}"));
  [owner, stranger, viewer] = [await contextOf(people[0]), await contextOf(people[1]), await contextOf(people[2])];
  const [membership] = [...(await owner.projects()).values()];
  const projectId = membership?.projectId ?? "";
  const { id: memberId } = await api.db.projectMember.create({
    data: { projectId, userId: people[2].id, role: "VIEWER", inheritedFromOrg: false },
  });
  const { id: step } = await api.db.runStep.findFirstOrThrow({ where: { runId, name: "create" } });
  const { id: orphan } = await api.db.orphan.create({
    data: { kind: "stale_lock", subject: `lock:${nodeId}:100`, userId: ada.id, nodeId, vmid: 100 },
  });
  const [mine] = [...(await owner.organizations()).keys()];
  const { id: invitation } = await (
    await ada.caller()
  ).invitations.create({
    organizationId: mine ?? "",
    email: "",
    role: "VIEWER",
    projectId: "",
    projectRole: "inherited",
  });
  const { id: apiToken } = await (
    await ada.caller()
  ).tokens.create({ name: "t", days: 1, permissions: ["run:read"], projectIds: null });
  const { id: plan } = await api.db.plan.create({
    data: { userId: ada.id, hash: "0".repeat(64), input: {}, document: {} },
  });
  made = {
    project: projectId,
    membership: memberId,
    invitation,
    container: containerId,
    run: runId,
    step,
    batch: batchId,
    node: nodeId,
    nodeOrDraft: nodeId,
    usableNode: nodeId,
    orphan,
    plan,
    apiToken,
    passkey: await passkeyOf(api, ada.id),
    templateRevision: revisionId,
  };
});
afterAll(() => api.close());

const names = Object.keys(nouns) as NounName[]; // the table's own keys
const ask = (ctx: MemberContext, noun: NounName, id = made[noun]) =>
  owned(ctx, { noun, id, permission: nouns[noun].reading }, { id: true });

describe.each(names)("%s", (noun) => {
  test("its owner finds it, with nothing that was not selected", async () => {
    expect((await ask(owner, noun)).row).toEqual({ id: made[noun] });
  });

  test("one that never was is not found", async () => {
    await expect(ask(owner, noun, randomUUID())).rejects.toMatchObject({
      code: "not_found",
      message: `There is no such ${nouns[noun].name}, or it is not yours.`,
    });
  });
});

const ofSomebody = names.filter((noun) => nouns[noun].of !== "everybody");
test.each(ofSomebody)("%s: a stranger's answer is that of a row that is not there", async (noun) => {
  const answers = [await ask(stranger, noun).catch(String), await ask(stranger, noun, randomUUID()).catch(String)];
  expect(answers[0]).toBe(answers[1]);
  expect(answers[0]).toContain("There is no such");
});

const ofProjects = names.filter((noun) => nouns[noun].of === "project");
test.each(ofProjects)("a member who may only read finds the %s, and is refused what takes more", async (noun) => {
  expect((await ask(viewer, noun)).membership).toMatchObject({ projectId: made.project, role: "VIEWER" });
  await expect(
    owned(viewer, { noun, id: made[noun], permission: "container:write" }, { id: true }),
  ).rejects.toMatchObject({ code: "forbidden", refusal: "role.forbids" });
});

test.each(names.filter((noun) => nouns[noun].of === "person"))(
  "a member of their project does not see a person's %s",
  async (noun) => {
    await expect(ask(viewer, noun)).rejects.toMatchObject({ code: "not_found" });
  },
);

test("what the way to the project adds is not in the answer; what was selected on it is", async () => {
  const { row } = await owned(
    owner,
    { noun: "step", id: made.step, permission: "run:read" },
    { name: true, run: { select: { kind: true } } },
  );
  expect(row).toEqual({ name: "create", run: { kind: "provision" } });
});

test("a list holds what may be seen", async () => {
  const of = async (ctx: MemberContext) =>
    (await api.db.run.findMany({ where: await visible(ctx, "run", "run:read"), select: { id: true } })).length;
  expect([await of(owner), await of(viewer), await of(stranger)]).toEqual([3, 3, 0]);
});

test("every audit line of theirs says that a person did it", async () => {
  const lines = await api.db.auditLog.findMany({ where: { actorId: owner.userId }, select: { actorKind: true } });
  expect(new Set(lines.map(({ actorKind }) => actorKind))).toEqual(new Set(["person"]));
});
