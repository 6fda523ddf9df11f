import { expect, test } from "vitest";
import { NetworkCauses, type NodeReason, readNodeReason } from "../node/node-reason";
import { networkCauseText, nodeReasonText } from "./node-reason";

const at = { host: "10.0.0.5", port: 8006 };

test.each<[NodeReason, string]>([
  [
    { why: "unreachable", node: "pve", at, cause: "timeout" },
    `Node pve cannot be reached at 10.0.0.5:8006: ${networkCauseText("timeout")}.`,
  ],
  [
    { why: "unreachable", node: "pve", at: { ...at, port: 443 }, cause: null },
    "Node pve cannot be reached at 10.0.0.5:443. Proxmox usually listens at port 8006.",
  ],
  [{ why: "unreachable", node: "pve", at: null, cause: null }, "Node pve is unreachable."],
  [{ why: "unreachable", node: "pve", at: null, cause: "host_down" }, "Node pve is unreachable: the machine is down."],
  [
    { why: "keys_changed", keys: ["certificate", "ssh_host_key"] },
    "Its certificate and SSH host key changed. Compare and confirm before anything is sent to it.",
  ],
  [{ why: "keys_changed", keys: [] }, "Its keys changed. Compare and confirm before anything is sent to it."],
  [{ why: "report", label: "SSH sign-in", detail: "refused", more: 0 }, "SSH sign-in: refused"],
  [{ why: "report", label: "SSH sign-in", detail: "refused", more: 2 }, "SSH sign-in: refused (and 2 more)"],
  [{ why: "text", text: "A sentence of before." }, "A sentence of before."],
  [{ why: "text", text: "" }, "Another version of Homeport knows why."],
])("%j reads “%s”", (reason, text) => {
  expect(nodeReasonText(reason)).toBe(text);
});

test("each cause has a text of its own", () => {
  expect(new Set(NetworkCauses.map(networkCauseText)).size).toBe(NetworkCauses.length);
});

test("whatever is stored is read: nothing, a code, a sentence of an older release, a code of a newer one", () => {
  const code = { why: "token_refused", node: "pve" };
  expect(
    [null, undefined, code, "It is being checked.", { why: "eclipse" }, { why: "token_refused" }].map(readNodeReason),
  ).toEqual([
    null,
    null,
    code,
    { why: "text", text: "It is being checked." },
    { why: "text", text: "" },
    { why: "text", text: "" },
  ]);
});
