// UPIDs as real nodes wrote them.
import { expect, test } from "vitest";
import { parseUpid } from "./upid";

test("a token's task names node, type, guest, user and token", () => {
  const upid = "UPID:pve:00000DEF:0004D52D:6B00E018:vzcreate:130:root@pam!test:";
  expect(parseUpid(upid)).toEqual({
    upid,
    node: "pve",
    pid: 0xdef,
    pstart: 0x4d52d,
    starttime: 0x6b00e018,
    type: "vzcreate",
    id: "130",
    user: "root@pam",
    tokenId: "test",
  });
});

test.each([
  ["UPID:pve:00000CDF:0004C433:6B00DFEC:vzdestroy:120:root@pam:", { user: "root@pam", id: "120" }],
  ["UPID:pve:00000CDF:0004C433:6B00DFEC:imgcopy::root@pam:", { id: "" }],
  ["UPID:pve-2:00000CDF:0004C433:6B00DFEC:imgdel:101@local:root@pam:", { node: "pve-2", id: "101@local" }],
  ["UPID:pve:00000CDF:1F004C433:6B00DFEC:vzstart:101:lxc@pve!app:", { pstart: 0x1f004c433, tokenId: "app" }],
])("%s is read", (upid, expected) => expect(parseUpid(upid)).toMatchObject(expected));

test.each([
  "",
  "foo",
  "UPID:pve:00000CDF:0004C433:6B00DFEC:vzstart:101:root@pam",
  "UPID:../x:00000CDF:0004C433:6B00DFEC:vzstart:101:root@pam:",
  "UPID:pve:00000CDF:0004C433:6B00DFEC:vzstart:101:root@pam:\n",
])("%j is no UPID", (upid) => expect(() => parseUpid(upid)).toThrow(RangeError));
