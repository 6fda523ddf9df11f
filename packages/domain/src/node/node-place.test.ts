import { expect, test } from "vitest";
import { CreateNodeInput } from "./node-input";
import { readNodePlace } from "./node-place";

test.each([
  ["pve.lan", { host: "pve.lan" }],
  [" PVE.Lan. ", { host: "pve.lan" }],
  ["pve_01.lan", { host: "pve_01.lan" }],
  ["192.168.1.10", { host: "192.168.1.10" }],
  ["192.168.1.10:8443", { host: "192.168.1.10", port: 8443 }],
  ["pve:8006", { host: "pve", port: 8006 }],
  ["https://pve.lan:8006/", { host: "pve.lan", port: 8006 }],
  ["HTTPS://pve.lan:8006/#v1:0:18:4", { host: "pve.lan", port: 8006 }],
  ["https://pve.lan/api2/json?x=1", { host: "pve.lan" }],
  ["http://10.0.0.5:8006", { host: "10.0.0.5", port: 8006 }],
  ["2001:DB8::10", { host: "2001:db8::10" }],
  ["[2001:db8::10]", { host: "2001:db8::10" }],
  ["[2001:db8:0::10]:8443", { host: "2001:db8::10", port: 8443 }],
  ["https://[fd00::5]:8006/", { host: "fd00::5", port: 8006 }],
  ["bücher.example:8006", { host: "xn--bcher-kva.example", port: 8006 }],
])("%s is taken apart", (text, expected) => {
  expect(readNodePlace(text)).toEqual(expected);
});

test.each([
  ["", "A host name or address is needed."],
  ["https://", "A host name or address is needed."],
  ["ssh://pve.lan", "Homeport speaks https to a node, not ssh. Write the host alone."],
  ["root@pve.lan", "Only the host goes here, without a user before an @."],
  ["pve.lan:", "“:” is no port: a number from 1 to 65535."],
  ["pve.lan:70000", "“:70000” is no port: a number from 1 to 65535."],
  ["pve.lan:https", "“:https” is no port: a number from 1 to 65535."],
  ["1::2::3", "This is no IPv6 address. With a port it goes in brackets: [2001:db8::10]:8006."],
  ["[pve]:8006", "This is no IPv6 address. With a port it goes in brackets: [2001:db8::10]:8006."],
  ["fe80::1%eth0", "An address with % works on one machine only. Write the node's routed address."],
  ["192.168.1", "192.168.1 is no IPv4 address. A host name or an address, such as pve.lan or 192.168.1.10."],
  ["010.0.0.5", "010.0.0.5 is no IPv4 address. A host name or an address, such as pve.lan or 192.168.1.10."],
  ["pve lan", "A host name or an address, such as pve.lan or 192.168.1.10."],
  ["-pve.lan", "A host name or an address, such as pve.lan or 192.168.1.10."],
  ["pve..lan", "A host name or an address, such as pve.lan or 192.168.1.10."],
  [`${"a".repeat(64)}.lan`, "A host name or an address, such as pve.lan or 192.168.1.10."],
])("%s is refused with why", (text, why) => {
  expect(readNodePlace(text)).toEqual({ why });
});

const node = { name: "pve", tokenId: "root@pam!homeport", tokenSecret: "01234567-89ab-cdef-0123-456789abcdef" };

test("an address with a port fills the port, unless another one was typed", () => {
  expect(CreateNodeInput.parse({ ...node, host: "https://pve.lan:8443/" })).toMatchObject({
    host: "pve.lan",
    port: 8443,
  });
  expect(CreateNodeInput.parse({ ...node, host: "[2001:DB8::10]:8443", port: 8006 })).toMatchObject({
    host: "2001:db8::10",
    port: 8443,
  });
  expect(CreateNodeInput.parse({ ...node, host: "pve.lan.", port: 9000 })).toMatchObject({
    host: "pve.lan",
    port: 9000,
  });
  expect(CreateNodeInput.safeParse({ ...node, host: "pve.lan:8443", port: 9000 }).error?.issues).toMatchObject([
    { path: ["port"], message: "The address says port 8443, and here it is 9000. Correct one of them." },
  ]);
});

test("what is wrong with the address is reported beside what else is wrong", () => {
  expect(
    CreateNodeInput.safeParse({ ...node, host: "pve lan", tokenId: "x" }).error?.issues.map(({ path }) => path[0]),
  ).toEqual(["host", "tokenId"]);
});

test("hostile texts cost no more than they are long", () => {
  for (const text of [
    ":".repeat(1_000),
    "[".repeat(1_000),
    "a.".repeat(500),
    "a:".repeat(20_000),
    "ü".repeat(1_000),
    "@".repeat(1_000),
  ])
    expect(readNodePlace(text)).toHaveProperty("why");
});
