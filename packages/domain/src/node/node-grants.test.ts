import { expect, test } from "vitest";
import { privilegeAdvice, type TokenRights } from "./node-grants";
import { nodeCommands, quoteWord } from "./node-commands";
import { containerStoragePrivilege, imageStoragePrivilege } from "./node-privileges";

const rights = (more: Partial<TokenRights>): TokenRights => ({
  user: "a@pve",
  tokenId: "t",
  effective: {},
  ofUser: null,
  separated: null,
  ...more,
});

test("nothing is advised where nothing is lacked", () => {
  expect(
    privilegeAdvice(
      [imageStoragePrivilege("local")],
      rights({ effective: { "/storage/local": { "Datastore.Audit": 0 } } }),
    ),
  ).toBeUndefined();
});

test("a grant takes away no right of the same kind: an entry replaces what was inherited", () => {
  const held = { "/storage/local": { "Datastore.AllocateTemplate": 1 } };
  expect(privilegeAdvice([imageStoragePrivilege("local")], rights({ effective: held }))?.command).toContain(
    "PVEDatastoreAdmin",
  );
  expect(privilegeAdvice([containerStoragePrivilege("local")], rights({}))?.command).toContain(
    "--roles PVEDatastoreUser",
  );
});

test("what only Administrator would give is given by a role of its own, on that path alone", () => {
  const advice = privilegeAdvice(
    [{ path: "/", privilege: "Sys.Modify", for: "make a privileged container" }],
    rights({ separated: false }),
  );
  expect(advice?.command.split("\n")).toEqual([
    "pveum role add HomeportSysModify --privs Sys.Modify",
    "pveum acl modify / --users 'a@pve' --roles HomeportSysModify --propagate 0".replaceAll("'", ""),
  ]);
});

test.each([
  ["root@pam", "root@pam"],
  ["root@pam!x", "'root@pam!x'"],
  ["o'b", "'o'\\''b'"],
  ["", "''"],
  ["$(x)", "'$(x)'"],
  ["a b", "'a b'"],
])("%s is one word in a shell", (word, quoted) => {
  expect(quoteWord(word)).toBe(quoted);
});

test("a VMID and a storage's name go into commands as words", () => {
  expect(nodeCommands.downloadImage({ storage: "my store", template: "a.tar.zst" })).toBe(
    "pveam download 'my store' a.tar.zst",
  );
});
