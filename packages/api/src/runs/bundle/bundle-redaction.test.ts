// What is taken out of a bundle, and what is left alone.
import { expect, test } from "vitest";
import { createRedaction } from "./bundle-redaction";

const { text, json, stream } = createRedaction([
  { text: "192.168.1.10", mark: "[node address]" },
  { text: "pve.example.lan", mark: "[node address]" },
  { text: "s3cr3t+token", mark: "[secret]" },
  { text: "-----BEGIN KEY-----\nAAAAB3NzaC1yc2E\n-----END KEY-----\n", mark: "[secret]" },
]);

test("addresses of the node, mail addresses and known secrets are gone, wherever they stand", () => {
  expect(
    text("https://192.168.1.10:8006 and pve.example.lan, root@example.com, AAAAB3NzaC1yc2E, key=s3cr3t+token!"),
  ).toBe("https://[node address]:8006 and [node address], [mail address], [secret], key=[secret]!");
  expect(json({ a: ["ada@example.com", 3, null], at: { b: "192.168.1.10" } })).toEqual({
    a: ["[mail address]", 3, null],
    at: { b: "[node address]" },
  });
});

test("what only looks alike stays: other addresses, units of systemd, users of Proxmox", () => {
  const kept = "192.168.1.100 2192.168.1.10 getty@tty1.service root@pam other.pve.example.lan.org";
  expect(text(kept)).toBe(kept);
});

test("a secret that is cut into pieces is found, in a line without an end too", () => {
  for (const line of [
    "x s3cr3t+token y\nnext ada@example.com\n",
    `${"a".repeat(70_000)} s3cr3t+token ${"b".repeat(70_000)}`,
  ]) {
    const { push, end } = stream();
    const seen = `${(line.match(/.{1,7}/gs) ?? []).map(push).join("")}${end()}`;
    expect(seen).toBe(text(line));
    expect(seen).not.toContain("s3cr3t");
  }
});

test("every mail address of a line is found", () => {
  expect(text("From: <ada@example.com>, bob.c+x@mail.example.co.uk; @ alone, a@b, x@y.z1")).toBe(
    "From: <[mail address]>, [mail address]; @ alone, a@b, x@y.z1",
  );
});
