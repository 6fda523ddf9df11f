// Addresses as texts: what shares a network is one place.
import { expect, test } from "vitest";
import { networkOf, readIp } from "./ip-address";

test.each([
  ["2001:db8::1", 64, "2001:db8::/64"],
  ["2001:db8:0:0:ffff:ffff:ffff:ffff", 64, "2001:db8::/64"],
  ["2001:db8:0:1::1", 64, "2001:db8:0:1::/64"],
  ["192.0.2.77", 24, "192.0.2.0/24"],
])("%s is in %d bits of %s", (text, prefix, network) => {
  const ip = readIp(text);
  expect(ip && networkOf(ip, prefix)).toBe(network);
});
