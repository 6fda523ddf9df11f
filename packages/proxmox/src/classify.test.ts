// Statuses and texts as Proxmox VE 9.2 and 8.4 answered them; those marked "source" are from its code.
import { expect, test } from "vitest";
import { classify, classifyTaskExit } from "./classify";
import type { ProxmoxErrorKind } from "./error";

const refused = "Parameter verification failed.";
const answers: [number, string, ProxmoxErrorKind, Record<string, string>?][] = [
  [401, "No ticket", "auth"],
  [401, "Authentication failed!", "auth"],
  [401, "no such token 'x' for user 'root@pam'", "auth"], // source, before pve-manager 9.1.5
  [403, "Permission check failed", "permission"],
  [403, "Permission check failed (/vms/101, VM.PowerMgmt)", "permission"],
  [403, "Permission check failed (changing feature flags (except nesting) is only allowed for root@pam)", "permission"],
  [400, refused, "exists", { vmid: "VM 101 already exists" }],
  [400, refused, "missing", { upid: "no such task" }],
  [400, refused, "invalid", { upid: "unable to parse worker upid" }],
  [400, refused, "invalid", { memory: "type check ('integer') failed - got 'abc'" }],
  [400, refused, "invalid", { mp0: "unable to hotplug mp0: failed to change apparmor profile: Invalid argument" }],
  [500, "CT 101 already exists on node 'pve'", "exists"],
  [500, "VM 101 already exists on node 'pve'", "exists"],
  [500, "unable to create CT 101 - CT 101 already exists on node 'pve'", "exists"], // source
  [500, "Configuration file 'nodes/pve/lxc/999.conf' does not exist", "missing"],
  [
    500,
    "hostname lookup 'nope' failed - failed to get address info for: nope: Name or service not known",
    "unreachable",
  ],
  [500, "storage 'nope' does not exist", "invalid"],
  [500, "storage 'nope' is not available on node 'pve'", "invalid"], // source
  [500, "SSH public key validation error", "invalid"],
  [500, "unable to shrink disk size", "invalid"],
  [500, "unable to modify read-only option: 'unprivileged'", "invalid"],
  [500, "format error", "invalid"],
  [500, "Only root can pass arbitrary filesystem paths. at /usr/share/perl5/PVE/Storage.pm line 651.", "permission"],
  [500, "CT 130 already running", "already_running"],
  [500, "unable to destroy CT 130 - container is running", "already_running"],
  [500, "CT 130 not running", "not_running"],
  [500, "VM 130 not running", "not_running"],
  [500, "CT is locked (backup)", "locked"],
  [500, "can't remove CT 101 - protection mode enabled", "invalid"], // source
  [500, "can't lock file '/run/lock/lxc/pve-config-101.lock' - got timeout", "busy"], // source
  [500, "detected modified configuration - file changed by other user? Try again.", "busy"],
  [500, "cluster not ready - no quorum?", "no_quorum"], // source
  [500, "unable to open file '/etc/pve/nodes/pve/lxc/101.conf.tmp.1' - Permission denied", "no_quorum"], // source
  [500, "something new", "server"],
  [501, "Method 'GET /foo' not implemented", "unsupported"],
  [501, "Unexpected content for method 'DELETE'", "unsupported"],
  [501, "for data too large", "invalid"], // source
  [502, "Bad Gateway", "unreachable"],
  [595, "No route to host", "unreachable"],
  [596, "Connection timed out", "unreachable"],
  [599, "Too many redirections", "unreachable"],
  [301, "Moved Permanently", "malformed"],
];

test.each(answers)("%i %s is %s", (...[status, text, kind, fields]) =>
  expect(classify(status, text, fields)).toBe(kind),
);

test("warnings are a success", () => {
  expect(classifyTaskExit("OK")).toEqual({ ok: true, warnings: 0 });
  expect(classifyTaskExit("WARNINGS: 2")).toEqual({ ok: true, warnings: 2 });
});

test.each([
  ["CT is locked (backup)", "locked"],
  ["CT 101 already running", "already_running"],
  ["bridge 'vmbr9' does not exist", "invalid"],
  ["unable to create CT 120 - volume 'local:vztmpl/nope.tar.zst' does not exist", "invalid"],
  ["Configuration file 'nodes/pve/lxc/999.conf' does not exist", "missing"],
  ["snapshot feature is not available", "unsupported"],
  ["unexpected status", "server"],
  ["received interrupt", "server"],
] as const)("a task that ended with %s is %s", (exitstatus, kind) => {
  expect(classifyTaskExit(exitstatus)).toEqual({ ok: false, kind, message: exitstatus });
});
