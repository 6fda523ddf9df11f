// Packed options, there and back.
import { expect, test } from "vitest";
import { formatProperties, parseProperties } from "./property-string";

test("properties keep their order, and absent ones are left out", () => {
  expect(formatProperties({ name: "eth0", bridge: "vmbr0", gw: undefined, firewall: true, tag: 5 })).toBe(
    "name=eth0,bridge=vmbr0,firewall=1,tag=5",
  );
});

test("a value cannot add a property", () => {
  expect(() => formatProperties({ name: "eth0,bridge=vmbr1" })).toThrow(RangeError);
});

test("a volume without a key and values with an equals sign are read", () => {
  expect(parseProperties("local:101/vm-101-disk-0.raw,size=4G,x=a=b")).toEqual({
    "": "local:101/vm-101-disk-0.raw",
    size: "4G",
    x: "a=b",
  });
});
