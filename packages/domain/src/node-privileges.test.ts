import { expect, test } from "vitest";
import { missingPrivileges, neededPrivileges } from "./node-privileges";

const needed = neededPrivileges({ pveName: "pve", containerStorages: ["local-lvm"], templateStorages: ["local"] });
const all = Object.fromEntries(needed.map(({ privilege }) => [privilege, 1]));

test("rights given on / that propagate are enough", () => {
  expect(missingPrivileges(needed, { "/": all })).toEqual([]);
});

test("a token without any right lacks them all", () => {
  expect(missingPrivileges(needed, {})).toHaveLength(needed.length);
});

test("an entry deeper down replaces what was inherited, so what it omits is missing", () => {
  const missing = missingPrivileges(needed, { "/": all, "/vms": { "VM.Audit": 1 } });
  expect(missing.map(({ privilege }) => privilege)).toContain("VM.Allocate");
  expect(missing.every(({ path }) => path === "/vms")).toBe(true);
});

test("a right that does not propagate counts at its own path only", () => {
  expect(missingPrivileges([{ path: "/vms", privilege: "VM.Audit", for: "" }], { "/": { "VM.Audit": 0 } })).toHaveLength(1);
  expect(missingPrivileges([{ path: "/vms", privilege: "VM.Audit", for: "" }], { "/vms": { "VM.Audit": 0 } })).toEqual([]);
});
