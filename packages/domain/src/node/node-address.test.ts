import { expect, test } from "vitest";
import { whyNotAddress } from "./node-address";

const lan = { allowLoopback: false, ownPorts: [3000] };
const lab = { allowLoopback: true, ownPorts: [3000] };
const why = (host: string, rules = lan, port = 8006) => whyNotAddress({ host, port }, rules);

test.each([
  "192.168.1.10",
  "10.0.0.5",
  "172.16.4.4",
  "100.64.0.7",
  "203.0.113.9",
  "pve.lan",
  "pve",
  "fd12:3456::10",
  "2001:db8::5",
  "::ffff:10.0.0.5",
])("a node may be at %s", (host) => {
  expect(why(host)).toBeUndefined();
});

test.each([
  "127.0.0.1",
  "127.8.8.8",
  "localhost",
  "LOCALHOST.",
  "a.localhost",
  "::1",
  "::ffff:127.0.0.1",
  "::ffff:7f00:1",
  "64:ff9b::127.0.0.1",
])("%s is this machine: refused, but for the lab", (host) => {
  expect(why(host)).toContain("Homeport itself runs on");
  expect(why(host, lab)).toBeUndefined();
});

test("our own services are refused even where the lab may be", () => {
  expect(why("127.0.0.1", lab, 3000)).toContain("3000");
});

test.each([
  "169.254.169.254",
  "169.254.1.1",
  "100.100.100.200",
  "metadata.google.internal",
  "fd00:ec2::254",
  "fe80::1",
  "0.0.0.0",
  "::",
  "224.0.0.1",
  "255.255.255.255",
  "ff02::1",
  "2130706433",
  "0x7f.1",
  "127.1",
  "0177.0.0.1",
  "1:2:3",
  "::1::2",
  "::ffff:169.254.169.254",
])("%s is refused everywhere", (host) => {
  expect(why(host)).toBeDefined();
  expect(why(host, lab)).toBeDefined();
});
