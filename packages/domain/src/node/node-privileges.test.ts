import { expect, test } from "vitest";
import { bridgePrivilege, guestPrivileges, missingPrivileges } from "./node-privileges";

const needed = guestPrivileges("pve");

test("a token without any right lacks them all", () => {
  expect(missingPrivileges(needed, {})).toHaveLength(needed.length);
});

test("a right counts at exactly the path where Proxmox checks it: what stands above says nothing", () => {
  const all = Object.fromEntries(needed.map(({ privilege }) => [privilege, 1]));
  expect(missingPrivileges(needed, { "/": all })).toHaveLength(needed.length);
  expect(missingPrivileges(needed, { "/vms": all, "/nodes/pve": { "Sys.Audit": 0 } })).toEqual([]);
});

test("a right on /vms that does not propagate is none on a container", () => {
  const all = Object.fromEntries(needed.map(({ privilege }) => [privilege, 0]));
  expect(missingPrivileges(needed, { "/vms": all, "/nodes/pve": all }).map(({ path }) => path)).toEqual(
    Array<string>(8).fill("/vms"),
  );
});

test("a bridge is asked about in its zone, with its VLAN where there is one", () => {
  expect(bridgePrivilege({ bridge: "vmbr0", zone: "localnetwork", vlan: 50 }).path).toBe(
    "/sdn/zones/localnetwork/vmbr0/50",
  );
  expect(bridgePrivilege({ bridge: "blue", zone: "colours" }).path).toBe("/sdn/zones/colours/blue");
});
