import { expect, test } from "vitest";
import { mustTypeName, OrphanFacts, orphanSentence, orphanTitle, whyNotSettle, type SettleableOrphan } from "./orphan";

const id = "01890a5d-ac96-774b-bcce-b302099a8057";
const guest = (facts: Partial<OrphanFacts> = {}): SettleableOrphan => ({
  kind: "guest_without_row",
  state: "open",
  vmid: 105,
  facts: OrphanFacts.parse({ marker: id, ...facts }),
});

test("a guest with our ownership tag can be adopted or deleted; a copy of a living one and one with its tag alone cannot, and it is said why", () => {
  expect(whyNotSettle("adopt", guest())).toBeUndefined();
  expect(whyNotSettle("delete", guest({ row: "deleted" }))).toBeUndefined();
  expect(whyNotSettle("delete", guest({ row: "copy", copyOf: 101 }))).toContain("CT 101");
  expect(whyNotSettle("adopt", guest({ marker: null }))).toContain("Only its tag is left");
  expect(whyNotSettle("resume", guest())).toBeDefined();
  expect(whyNotSettle("ignore", guest({ row: "copy" }))).toBeUndefined();
});

test("what is settled stays so, and only what is ignored is opened again", () => {
  expect(whyNotSettle("delete", { ...guest(), state: "resolved" })).toBe("It is settled already.");
  expect(whyNotSettle("reopen", { ...guest(), state: "ignored" })).toBeUndefined();
  expect(whyNotSettle("reopen", guest())).toBeDefined();
  expect(whyNotSettle("ignore", { ...guest(), state: "ignored" })).toBeDefined();
});

test("a guest that another Homeport made is told apart, and needs its name typed for whatever is done to it", () => {
  expect(
    orphanSentence({ ...guest({ madeBy: "other" }), facts: OrphanFacts.parse({ madeBy: "other" }), nodeName: "pve" }),
  ).toBe("CT 105 on node pve was created by another Homeport.");
  expect(mustTypeName("adopt", guest({ madeBy: "other" }))).toBe(true);
  expect(mustTypeName("adopt", guest({ madeBy: "this" }))).toBe(false);
  expect(mustTypeName("delete", guest({ madeBy: "this" }))).toBe(true);
});

test("of a guest that cannot be read it is said why, and nothing is done about it but to ignore it", () => {
  const facts = OrphanFacts.parse({ unread: "Proxmox failed: unable to parse config" });
  for (const kind of ["guest_without_row", "container_gone"] as const) {
    for (const action of ["adopt", "delete"] as const)
      expect(whyNotSettle(action, { ...guest(facts), kind })).toBeDefined();
    expect(whyNotSettle("ignore", { ...guest(facts), kind })).toBeUndefined();
    expect(orphanTitle(kind, facts)).toBe("Guest that cannot be read");
  }
  expect(whyNotSettle("delete", { ...guest(facts), kind: "container_gone" })).toContain("Who owns it is not known");
  expect(orphanSentence({ kind: "container_gone", vmid: 105, facts, nodeName: "pve" })).toBe(
    "CT 105 on node pve bears no tag of Homeport, and its configuration cannot be read: Proxmox failed: unable to parse config",
  );
  expect(orphanSentence({ kind: "guest_without_row", vmid: 105, facts, nodeName: "pve" })).toContain(
    "bears a tag of Homeport",
  );
});
