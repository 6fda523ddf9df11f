import { expect, test } from "vitest";
import { markerLine, markerTag, markerText, ownership, readMark } from "./marker";

const id = "01890a5d-ac96-774b-bcce-b302099a8057";
const other = "01890a5d-ac96-774b-bcce-000000000000";

test("the tag is one that Proxmox accepts", () => {
  expect(markerTag(id)).toMatch(/^[a-z0-9_][a-z0-9_+.-]*$/);
});

test("a guest with our line or our tag is ours; Proxmox adds a newline and sorts other tags around it", () => {
  expect(ownership(id, { tags: `a;${markerTag(id)};z`, description: `${markerLine(id)}\n` })).toBe("ours");
  expect(ownership(id, { description: `${markerLine(id)}\nmy notes` })).toBe("ours");
  expect(ownership(id, { tags: markerTag(id), description: "rewritten by a person" })).toBe("ours");
});

test("a guest without any mark is nobody's that we know", () => {
  expect(ownership(id, {})).toBe("unmarked");
  expect(ownership(id, { tags: "homeport;homeport-web", description: "Homeport container of mine" })).toBe("unmarked");
});

test("another container's guest is foreign, even when a tag of ours is on it too", () => {
  expect(ownership(id, { description: markerLine(other) })).toBe("foreign");
  expect(ownership(id, { tags: markerTag(other) })).toBe("foreign");
  expect(ownership(id, { tags: markerTag(id), description: markerLine(other) })).toBe("foreign");
  expect(ownership(id, { tags: `${markerTag(id)};${markerTag(other)}` })).toBe("foreign");
});

test("the mark also names the Homeport that made it; guests from before are still ours", () => {
  expect(ownership(id, { description: markerText(id, other) })).toBe("ours");
  expect(readMark({ tags: `a;${markerTag(id)}`, description: `${markerText(id, other)}my notes\n` })).toEqual({
    containerId: id,
    tag: markerTag(id),
    installationId: other,
  });
  expect(readMark({ description: `${markerLine(id)}\n` })).toEqual({
    containerId: id,
    tag: null,
    installationId: null,
  });
  expect(readMark({ tags: markerTag(id) })).toEqual({ containerId: null, tag: markerTag(id), installationId: null });
  expect(readMark({ tags: "homeport;prod", description: "Homeport container of mine" })).toBeNull();
});
