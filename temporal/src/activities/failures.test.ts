import { Prisma } from "@homeport/db/client";
import { ProxmoxError } from "@homeport/proxmox";
import { parseDiscovery, parseFollow, parseReady } from "@homeport/guest";
import { PctError, SshError } from "@homeport/ssh";
import { expect, test } from "vitest";
import { cut, explain, StepFailure, StepWait } from "./failures";

test("an unreachable node is waited for, whatever the way to it: unknown is not failed", () => {
  expect(explain(new ProxmoxError("unreachable", "ECONNREFUSED 10.0.0.5:8006"), "pve")).toMatchObject({
    retry: "wait",
    transport: "api",
    words: "node pve is unreachable",
  });
  expect(explain(new SshError("closed", "gone"), "pve")).toMatchObject({ retry: "wait", transport: "ssh" });
});

test("a node that shows another identity is final and carries what was seen", () => {
  expect(explain(new ProxmoxError("certificate", "x", { seenFingerprint: "AA:BB" }), "pve")).toMatchObject({
    retry: "final",
    seen: { tlsFingerprint: "AA:BB" },
  });
  expect(explain(new SshError("host_key", "x", { seenHostKey: "SHA256:z" }), "pve")).toMatchObject({
    retry: "final",
    seen: { sshHostKey: "SHA256:z" },
  });
});

test("what Proxmox refused is reported with the parameter at fault", () => {
  const { retry, words } = explain(
    new ProxmoxError("invalid", "Parameter verification failed.", { fields: { net0: "invalid format" } }),
    "pve",
  );
  expect(retry).toBe("final");
  expect(words).toContain("net0: invalid format");
});

test("a field that the message names already is not named twice", () => {
  const { words } = explain(
    new ProxmoxError("invalid", "Parameter verification failed. net0: invalid format", {
      fields: { net0: "invalid format" },
    }),
    "pve",
  );
  expect(words).toBe("Proxmox refused it: Parameter verification failed. net0: invalid format");
});

test("our own verdicts keep their words", () => {
  expect(explain(new StepFailure("It ended with 3."), "pve")).toMatchObject({
    retry: "final",
    words: "It ended with 3.",
  });
  expect(explain(new StepWait({ on: "unlock", vmid: 105, node: "pve" }), "pve")).toMatchObject({
    retry: "wait",
    waits: { on: "unlock", vmid: 105, node: "pve" },
    words: "CT 105 is left locked by a create that died. Run on node pve: pct unlock 105",
  });
  expect(explain(new PctError("missing", "x", { code: 255, stderr: "" }), "pve")).toMatchObject({ retry: "final" });
});

test("a container that answers something else is named, not the node and not Homeport", () => {
  for (const answer of [() => parseFollow(Buffer.from("?\n")), () => parseReady("{}"), () => parseDiscovery("[]")]) {
    const error = (() => {
      try {
        return answer();
      } catch (thrown) {
        return thrown;
      }
    })();
    const { kind, retry, words } = explain(error, "pve");
    expect([kind, retry]).toEqual(["guest-answer", "some"]);
    expect(words).toMatch(/^The container does not answer as Homeport's part in it does: it sent something else than /);
  }
});

test("an unexpected error says nothing of its text, which may hold anything", () => {
  expect(explain(new Error("password=hunter2"), "pve").words).not.toContain("hunter2");
});

test("a database that is away, or has no free connection, is waited for", () => {
  const known = (code: string) => new Prisma.PrismaClientKnownRequestError("x", { code, clientVersion: "7" });
  for (const error of [
    known("P1001"),
    known("P2028"),
    known("P2034"),
    new Error("timeout exceeded when trying to connect"),
  ])
    expect(explain(error, "pve")).toMatchObject({ kind: "database", retry: "wait" });
});

test("words are cut to what the column takes, between characters", () => {
  const long = cut("ü".repeat(400));
  expect(Buffer.byteLength(long)).toBeLessThanOrEqual(512);
  expect(long).toMatch(/^ü+…$/);
  expect(cut("short")).toBe("short");
});

test("advice fits the place: in a node's own report nobody is sent to it, and there is nothing to retry", () => {
  const reasons = [
    "key_unreadable",
    "key_passphrase",
    "key_only",
    "password_only",
    "key_refused",
    "password_refused",
    "second_factor",
    "refused",
  ] as const;
  const errors = [
    ...(["auth", "permission", "certificate"] as const).map((kind) => new ProxmoxError(kind, "x.")),
    ...reasons.map((auth) => new SshError("auth", "x", { auth })),
    new SshError("host_key", "x"),
    new SshError("shell", "x"),
  ];
  for (const error of errors) expect(explain(error, "pve", { place: "node" }).words).not.toMatch(/under Nodes|retry/);
  const token = new ProxmoxError("auth", "x");
  expect(explain(token, "pve", { place: "node" }).words).toBe(
    "Node pve refused the API token. Check its ID and its secret; it may also have been removed or have expired.",
  );
  expect(explain(token, "pve").words).toBe(
    "Node pve refused the API token. Check it under Nodes, then retry: nothing is done twice.",
  );
});
