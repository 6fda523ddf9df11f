import { expect, test } from "vitest";
import { SpecForm } from "../stored/spec";
import { CreateContainerInput } from "./container-input";
import {
  changedFields,
  editableKeys,
  fieldGroups,
  type FieldGroup,
  fieldKeys,
  fieldsIn,
  fieldTitle,
  fromForm,
  toForm,
} from "./fields";

const ID = "01890a5d-ac96-774b-bcce-b302099a8057";
const spec = CreateContainerInput.parse({
  templateRevisionId: ID,
  nodeId: ID,
  hostname: "shop",
  vmid: 140,
  osTemplate: "local:vztmpl/debian-12.tar.zst",
  cores: 2,
  memoryMib: 512,
  swapMib: 0,
  diskGib: 4,
  storage: "local-lvm",
  bridge: "vmbr0",
  network: {
    mode: "static",
    address: "10.0.0.5/24",
    gateway: "",
    ipv6: { mode: "static", address: "2001:db8::5/64", gateway: "fe80::1" },
  },
  nameservers: ["1.1.1.1", "9.9.9.9"],
  searchDomain: "lab.example lan",
  tags: ["prod", "eu"],
  unprivileged: false,
  packagesOff: ["curl"],
});

test("what a form holds is what it was given, and a stored field has its entry", () => {
  expect(fromForm(toForm(spec))).toEqual(spec);
  expect(fromForm(toForm({ ...spec, vmid: null, network: { mode: "none", ipv6: { mode: "auto" } } }))).toEqual({
    ...spec,
    vmid: null,
    network: { mode: "none", ipv6: { mode: "auto" } },
  });
  expect(Object.keys(SpecForm.shape).sort()).toEqual([...fieldKeys].sort());
});

test("a number is its digits; blanks, commas and semicolons part a list; empty is none", () => {
  const typed = {
    ...toForm(spec),
    cores: " 4 ",
    memoryMib: "1e3",
    vmid: " ",
    nameservers: "1.1.1.1; 9.9.9.9,",
    tags: "",
  };
  expect(fromForm(typed)).toMatchObject({
    cores: 4,
    memoryMib: Number.NaN,
    vmid: null,
    nameservers: ["1.1.1.1", "9.9.9.9"],
    tags: [],
  });
});

test("every field that can be edited is in one group", () => {
  const grouped = (Object.keys(fieldGroups) as FieldGroup[]).flatMap(fieldsIn);
  expect([...grouped].sort()).toEqual([...editableKeys].sort());
});

test("only what differs is an edit, inside of an address too", () => {
  expect(changedFields(spec, spec)).toEqual({});
  const network = { mode: "static", address: "10.0.0.6/24", gateway: "" } as const;
  expect(changedFields(spec, { ...spec, cores: 3, network })).toEqual({ cores: 3, network });
});

test.each([
  ["memoryMib", "Memory (MiB)"],
  ["diskGib", "Disk (GiB)"],
  ["sshPublicKey", "SSH keys"],
  ["startOnBoot", "Starts with the node"],
  ["network.mode", "Address by"],
  ["network.address", "Address"],
  ["network.ipv6.mode", "IPv6 by"],
  ["network.ipv6.gateway", "IPv6 gateway"],
  ["somethingElse", "somethingElse"],
])("the input %s is called %s", (path, title) => {
  expect(fieldTitle(path)).toBe(title);
});
