import { expect, test } from "vitest";
import { describeNetwork, hasWayOut, NameServer, Network, oddities, staticAddresses } from "./network";

const problems = (network: unknown): Record<string, string> =>
  Object.fromEntries(
    (Network.safeParse(network).error?.issues ?? []).map(({ path, message }) => [path.join("."), message]),
  );
const four = (address: string, gateway = "") => ({ mode: "static", address, gateway });
const six = (address: string, gateway = "") => ({ mode: "none", ipv6: { mode: "static", address, gateway } });

test.each([
  ["192.168.1.20/24", "192.168.1.1"],
  ["192.168.1.20/24", ""],
  ["10.0.0.0/31", "10.0.0.1"],
  ["203.0.113.5/32", "203.0.113.1"],
  ["95.216.1.2/32", "172.31.1.1"],
  ["95.216.1.2/31", "10.9.9.9"],
  ["10.255.255.254/8", "10.0.0.1"],
])("IPv4 %s through %s is taken, as Proxmox takes it", (address, gateway) => {
  expect(problems(four(address, gateway))).toEqual({});
});

test.each([
  ["10.0.0.0/24", "", "address", "10.0.0.0 is the address of the network itself."],
  ["10.0.0.255/24", "", "address", "10.0.0.255 is the broadcast address of the network."],
  ["10.0.0.1/24", "10.0.0.1", "address", "10.0.0.1 is the gateway."],
  ["203.0.113.5/32", "203.0.113.5", "address", "203.0.113.5 is the gateway."],
  ["0.0.0.0/24", "", "address", "0.0.0.0 stands for no address at all."],
  ["127.0.0.1/8", "", "address", "127.0.0.1 is a loopback address: nothing outside the container could reach it."],
  ["224.0.0.5/24", "", "address", "224.0.0.5 is a multicast address, which no single container can have."],
  ["255.255.255.255/32", "", "address", "255.255.255.255 is the broadcast address of every network."],
  ["250.1.2.3/24", "", "address", "250.1.2.3 is in 240.0.0.0/4, which is reserved."],
  [
    "169.254.7.7/16",
    "",
    "address",
    "169.254.7.7 is a link-local address: it is not routed, and the container gives itself one anyway.",
  ],
  ["10.0.0.5/1", "", "address", "Proxmox takes prefixes from /8; /1 is larger than any network."],
  ["10.0.0.5/4", "", "address", "Proxmox takes prefixes from /8; /4 is larger than any network."],
  [
    "10.0.0.5/08",
    "",
    "address",
    "/08 is no prefix of an IPv4 address: a number from 8 to 32, such as 192.168.1.20/24.",
  ],
  [
    "10.0.0.5/33",
    "",
    "address",
    "/33 is no prefix of an IPv4 address: a number from 8 to 32, such as 192.168.1.20/24.",
  ],
  [
    "10.0.0.5/24/24",
    "",
    "address",
    "/24/24 is no prefix of an IPv4 address: a number from 8 to 32, such as 192.168.1.20/24.",
  ],
  ["10.0.0.5/", "", "address", "/ is no prefix of an IPv4 address: a number from 8 to 32, such as 192.168.1.20/24."],
  ["10.0.0.5", "", "address", "The prefix is missing: 10.0.0.5/24, for example."],
  ["10.0.0.5/255.255.255.0", "", "address", "Write the network mask 255.255.255.0 as a prefix: 10.0.0.5/24."],
  [
    "010.0.0.5/24",
    "",
    "address",
    "010.0.0.5 has a leading zero; write each number without it. It is written like 192.168.1.20/24.",
  ],
  ["10.5/24", "", "address", "10.5 is no IPv4 address. It is written like 192.168.1.20/24."],
  ["0x0a000005/24", "", "address", "0x0a000005 is no IPv4 address. It is written like 192.168.1.20/24."],
  [
    "2001:db8::5/64",
    "",
    "address",
    "2001:db8::5 is an IPv6 address; here goes an IPv4 address. It is written like 192.168.1.20/24.",
  ],
  ["", "", "address", "An IPv4 address with its prefix is needed, such as 192.168.1.20/24."],
  [
    "10.0.0.5/24",
    "10.0.1.1",
    "gateway",
    "The gateway is not in the network of 10.0.0.5/24. If that is how it is meant, as with some hosters, give the address as /32.",
  ],
  ["10.0.0.5/24", "10.0.0.0", "gateway", "10.0.0.0 is the address of the network itself."],
  ["10.0.0.5/24", "10.0.0.255", "gateway", "10.0.0.255 is the broadcast address of the network."],
  ["10.0.0.5/24", "10.0.0.1/24", "gateway", "10.0.0.1/24 is no IPv4 address. It is written like 192.168.1.1."],
  [
    "10.0.0.5/32",
    "127.0.0.1",
    "gateway",
    "127.0.0.1 is a loopback address: nothing outside the container could reach it.",
  ],
  [
    "10.0.0.5/24",
    "fe80::1",
    "gateway",
    "fe80::1 is an IPv6 address; here goes an IPv4 address. It is written like 192.168.1.1.",
  ],
])("IPv4 %s through %s is refused", (address, gateway, ...[field, why]) => {
  expect(problems(four(address, gateway))).toEqual({ [field]: why });
});

test.each([
  ["2001:db8::20/64", "2001:db8::1"],
  ["2001:db8::20/64", "fe80::1"],
  ["2a01:4f8:1:2::1/128", "2a01:4f8::ff"],
  ["2001:db8::/127", "2001:db8::1"],
  ["2001:db8::ffff:ffff:ffff:ffff/64", ""],
  ["fd00:1::5/64", "fd00:1::1"],
])("IPv6 %s through %s is taken", (address, gateway) => {
  expect(problems(six(address, gateway))).toEqual({});
});

test.each([
  ["2001:db8::/64", "", "address", "2001:db8:: is the address of the network itself."],
  ["2001:DB8::0:5/64", "2001:db8::5", "address", "2001:db8::5 is the gateway."],
  ["::/64", "", "address", ":: stands for no address at all."],
  ["::1/128", "", "address", "::1 is a loopback address: nothing outside the container could reach it."],
  ["ff02::1/64", "", "address", "ff02::1 is a multicast address, which no single container can have."],
  [
    "fe80::5/64",
    "",
    "address",
    "fe80::5 is a link-local address: it is not routed, and the container gives itself one anyway.",
  ],
  ["::ffff:10.0.0.5/96", "", "address", "::ffff:a00:5 is an IPv4 address in IPv6 form; write it as IPv4."],
  [
    "fe80::5%eth0/64",
    "",
    "address",
    "fe80::5%eth0 names an interface after the %; write the address alone. It is written like 2001:db8::20/64.",
  ],
  ["2001:db8::5/4", "", "address", "Proxmox takes prefixes from /8; /4 is larger than any network."],
  [
    "2001:db8::5/129",
    "",
    "address",
    "/129 is no prefix of an IPv6 address: a number from 8 to 128, such as 2001:db8::20/64.",
  ],
  ["2001:db8::5", "", "address", "The prefix is missing: 2001:db8::5/64, for example."],
  ["1::2::3/64", "", "address", "1::2::3 is no IPv6 address. It is written like 2001:db8::20/64."],
  [
    "10.0.0.5/24",
    "",
    "address",
    "10.0.0.5 is an IPv4 address; here goes an IPv6 address. It is written like 2001:db8::20/64.",
  ],
  [
    "2001:db8::5/64",
    "2001:db8:1::1",
    "gateway",
    "The gateway is not in the network of 2001:db8::5/64. If that is how it is meant, as with some hosters, give the address as /128.",
  ],
])("IPv6 %s through %s is refused", (address, gateway, ...[field, why]) => {
  expect(problems(six(address, gateway))).toEqual({ [`ipv6.${field}`]: why });
});

test("a container has an IPv4 or an IPv6 address, or both", () => {
  expect(problems({ mode: "none" })).toEqual({
    mode: "Without an IPv4 and an IPv6 address nothing could reach it. Choose at least one.",
  });
  for (const network of [
    { mode: "none", ipv6: { mode: "auto" } },
    { mode: "dhcp", ipv6: { mode: "dhcp" } },
    { mode: "dhcp" },
  ])
    expect(problems(network)).toEqual({});
});

test("what is taken although it is unusual is named", () => {
  expect(oddities(Network.parse({ ...four("95.216.1.2/32", "172.31.1.1") }))).toEqual([
    "The gateway 172.31.1.1 is outside the network of 95.216.1.2/32: Proxmox sets a route to it, which works where the node's network expects it.",
  ]);
  expect(oddities(Network.parse(six("2001:db8::5/64", "fe80::1")))).toEqual([]);
  expect(oddities(Network.parse({ mode: "dhcp" }))).toEqual([]);
});

test("addresses are compared by value, not by how they were typed", () => {
  expect(
    staticAddresses(Network.parse({ ...four("10.0.0.5/24"), ipv6: { mode: "static", address: "2001:0DB8::0005/64" } })),
  ).toEqual(["10.0.0.5", "2001:db8::5"]);
});

test("a network is described in one line", () => {
  expect(describeNetwork({ ...Network.parse(four("10.0.0.5/24", "10.0.0.1")), ipv6: { mode: "auto" } })).toBe(
    "10.0.0.5/24 through 10.0.0.1, IPv6 from the router",
  );
  expect(describeNetwork({ mode: "dhcp" })).toBe("By DHCP");
});

test.each([
  ["dns.lan", "dns.lan is no address. A name server is given by its IPv4 or IPv6 address, such as 1.1.1.1."],
  ["fe80::1", "fe80::1 is a link-local address: it is not routed."],
  ["ff02::fb", "ff02::fb is a multicast address, which no name server has."],
  ["0.0.0.0", "0.0.0.0 stands for no address at all."],
])("%s is no name server", (text, why) => {
  expect(NameServer.safeParse(text).error?.issues[0]?.message).toBe(why);
});

test("texts of any kind are answered, never thrown at, and fast", () => {
  const hostile = [
    "1".repeat(100_000),
    ":".repeat(100_000),
    "1:".repeat(50_000),
    "f:".repeat(22),
    "0.".repeat(22),
    "%".repeat(45),
    "/".repeat(200),
    "1::%a%b/64",
    "::ffff:010.0.0.1/96",
    " ",
    "٣.٣.٣.٣/24",
  ];
  for (const text of hostile)
    expect(
      Object.keys(problems(four(text.slice(0, 200), text.slice(0, 200)))).length +
        Object.keys(problems(six(text, text))).length,
    ).toBeGreaterThan(0);
});

test("a static address without a gateway reaches its own network only, unless the other family has a way out", () => {
  const alone = { mode: "static", address: "10.0.0.5/24", gateway: "" } as const;
  expect(hasWayOut(alone)).toBe(false);
  expect(hasWayOut({ ...alone, gateway: "10.0.0.1" })).toBe(true);
  expect(hasWayOut({ mode: "dhcp" })).toBe(true);
  expect(hasWayOut({ ...alone, ipv6: { mode: "auto" } })).toBe(true);
  expect(hasWayOut({ ...alone, ipv6: { mode: "static", address: "2001:db8::5/64", gateway: "" } })).toBe(false);
  expect(hasWayOut({ mode: "none", ipv6: { mode: "static", address: "2001:db8::5/64", gateway: "fe80::1" } })).toBe(
    true,
  );
});
