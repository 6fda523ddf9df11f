// A guest is ours by its tag, not its number.
import { expect, test } from "vitest";
import { guestSignature, whoseGuest } from "./guest-ownership";
import { ownershipTag } from "./ownership-tag";

const id = "01890a5d-ac96-774b-bcce-b302099a8057";
const guest = (tags: string | null, more: { kind?: string; name?: string } = {}) => ({
  kind: "lxc",
  name: "web",
  tags,
  ...more,
});

test("the tag decides, whatever the name", () => {
  expect(whoseGuest(id, guest(`prod;${ownershipTag(id)}`, { name: "other" }), null)).toEqual({ whose: "ours" });
  expect(whoseGuest(id, guest("homeport-0123456789ab"), null)).toMatchObject({ whose: "other" });
  expect(whoseGuest(id, guest(ownershipTag(id), { kind: "qemu" }), null)).toEqual({
    whose: "other",
    holder: "a virtual machine",
  });
});

test("without the tag it is nobody's until its configuration was read, even under our name", () => {
  expect(whoseGuest(id, guest(null), null)).toEqual({ whose: "unread" });
  expect(whoseGuest(id, guest(null), { signature: guestSignature(guest(null)), holder: null })).toEqual({
    whose: "ours",
  });
  expect(
    whoseGuest(id, guest(null), {
      signature: guestSignature(guest(null)),
      holder: "a container that Homeport did not make",
    }),
  ).toMatchObject({ whose: "other" });
  expect(whoseGuest(id, guest("prod"), { signature: guestSignature(guest(null)), holder: null })).toEqual({
    whose: "unread",
  });
});
