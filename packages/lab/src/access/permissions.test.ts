// ACL rules that surprise, as on a real node.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { releaseOf } from "../version";
import { openAccess, type Access } from "./access";
import { permissionsOn } from "./permissions";

let directory: string;
let access: Access;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "homeport-lab-"));
  access = openAccess(join(directory, "access.json"), releaseOf("9.2"));
  access.addUser("a@pve");
  access.addRole("Look", ["VM.Audit"]);
  access.addRole("Power", ["VM.PowerMgmt"]);
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));
const on = (authid: string, path: string) => [...permissionsOn(access, authid, path).keys()];

test("a deeper entry replaces what came from above", () => {
  access.setAcl({ path: "/", authid: "a@pve", role: "Look" });
  access.setAcl({ path: "/vms", authid: "a@pve", role: "Power" });
  expect([on("a@pve", "/nodes"), on("a@pve", "/vms/101")]).toEqual([["VM.Audit"], ["VM.PowerMgmt"]]);
});

test("an entry that does not propagate counts on its own path alone", () => {
  access.setAcl({ path: "/vms", authid: "a@pve", role: "Look", propagate: false });
  expect([on("a@pve", "/vms"), on("a@pve", "/vms/101")]).toEqual([["VM.Audit"], []]);
});

test("NoAccess beats all", () => {
  access.setAcl({ path: "/vms", authid: "a@pve", role: "Look" });
  access.setAcl({ path: "/vms", authid: "a@pve", role: "NoAccess" });
  expect(on("a@pve", "/vms/101")).toEqual([]);
});

test("a privilege-separated token has what both it and its user have", () => {
  access.addToken("a@pve!sep");
  access.addToken("a@pve!full", { privsep: false });
  access.setAcl({ path: "/", authid: "a@pve", role: "Look" });
  expect([on("a@pve!sep", "/"), on("a@pve!full", "/")]).toEqual([[], ["VM.Audit"]]);
  access.setAcl({ path: "/", authid: "a@pve!sep", role: "Administrator" });
  expect(on("a@pve!sep", "/")).toEqual(["VM.Audit"]);
});

test("a privilege that the release does not know fails the whole role", () => {
  expect(() => access.addRole("Old", ["VM.Monitor"])).toThrow("invalid format - invalid privilege 'VM.Monitor'");
});
