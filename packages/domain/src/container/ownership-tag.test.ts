import { expect, test } from "vitest";
import { ownershipLine, ownershipTag, ownershipNote, ownership, readOwnershipTag } from "./ownership-tag";

const id = "01890a5d-ac96-774b-bcce-b302099a8057";
const other = "01890a5d-ac96-774b-bcce-000000000000";

test("the tag is one that Proxmox accepts", () => {
  expect(ownershipTag(id)).toMatch(/^[a-z0-9_][a-z0-9_+.-]*$/);
});

test("a guest with our line or our tag is ours; Proxmox adds a newline and sorts other tags around it", () => {
  expect(ownership(id, { tags: `a;${ownershipTag(id)};z`, description: `${ownershipLine(id)}\n` })).toBe("ours");
  expect(ownership(id, { description: `${ownershipLine(id)}\nmy notes` })).toBe("ours");
  expect(ownership(id, { tags: ownershipTag(id), description: "rewritten by a person" })).toBe("ours");
});

test("a guest without any ownership tag is nobody's that we know", () => {
  expect(ownership(id, {})).toBe("unmarked");
  expect(ownership(id, { tags: "homeport;homeport-web", description: "Homeport container of mine" })).toBe("unmarked");
});

test("another container's guest is foreign, even when a tag of ours is on it too", () => {
  expect(ownership(id, { description: ownershipLine(other) })).toBe("foreign");
  expect(ownership(id, { tags: ownershipTag(other) })).toBe("foreign");
  expect(ownership(id, { tags: ownershipTag(id), description: ownershipLine(other) })).toBe("foreign");
  expect(ownership(id, { tags: `${ownershipTag(id)};${ownershipTag(other)}` })).toBe("foreign");
});

test("the note also names the Homeport that made it; guests from before are still ours", () => {
  expect(ownership(id, { description: ownershipNote(id, other) })).toBe("ours");
  expect(
    readOwnershipTag({ tags: `a;${ownershipTag(id)}`, description: `${ownershipNote(id, other)}my notes\n` }),
  ).toEqual({
    containerId: id,
    tag: ownershipTag(id),
    installationId: other,
  });
  expect(readOwnershipTag({ description: `${ownershipLine(id)}\n` })).toEqual({
    containerId: id,
    tag: null,
    installationId: null,
  });
  expect(readOwnershipTag({ tags: ownershipTag(id) })).toEqual({
    containerId: null,
    tag: ownershipTag(id),
    installationId: null,
  });
  expect(readOwnershipTag({ tags: "homeport;prod", description: "Homeport container of mine" })).toBeNull();
});
