import { expect, test } from "vitest";
import { lanOf, takenAddresses } from "./lan";

const id = "01890a5d-ac96-774b-bcce-b302099a8057";
const spec = (network: object, place: object = {}) => ({
  templateRevisionId: id,
  nodeId: id,
  hostname: "db",
  osTemplate: "local:vztmpl/x.tar.zst",
  cores: 1,
  memoryMib: 512,
  swapMib: 0,
  diskGib: 4,
  storage: "local",
  bridge: "vmbr0",
  network,
  ...place,
});
const both = {
  mode: "static",
  address: "10.0.0.5/24",
  gateway: "",
  ipv6: { mode: "static", address: "2001:DB8::0005/64", gateway: "" },
} as const;
const others = [
  { hostname: "db", lan: lanOf(spec(both), null) },
  { hostname: "dhcp", lan: lanOf(spec({ mode: "dhcp" }), "10.0.0.9") },
  { hostname: "old", lan: lanOf({}, "10.0.0.7") },
];
const taken = (network: object, place: object = {}) =>
  takenAddresses({ bridge: "vmbr0", vlan: null, network: network as never, ...place }, others);

test("an address that another container on the same bridge has is taken, however it was typed and wherever it got it from", () => {
  expect(taken(both)).toEqual({
    "network.address": "10.0.0.5 is the address of db.",
    "network.ipv6.address": "2001:db8::5 is the address of db.",
  });
  expect(taken({ mode: "static", address: "10.0.0.9/16", gateway: "" })).toEqual({
    "network.address": "10.0.0.9 is the address of dhcp.",
  });
  expect(taken({ mode: "dhcp" })).toEqual({});
});

test("another bridge or another VLAN is another network", () => {
  expect(taken(both, { bridge: "vmbr1" })).toEqual({});
  expect(taken(both, { vlan: 7 })).toEqual({});
});
