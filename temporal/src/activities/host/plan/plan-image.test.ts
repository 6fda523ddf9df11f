// A look into the image that fails, is slow, or is repeated: a plan is never held up by it.
import type { PlanDocument } from "@homeport/domain/plan/plan";
import { SshError, type ExecResult, type Ssh } from "@homeport/ssh";
import { expect, test } from "vitest";
import type { Host } from "../deps";
import { createReadImageFiles, type ImageQuestion } from "./plan-image";

const document = {
  image: { volid: "local:vztmpl/debian-12.tar.zst", present: true, sizeBytes: 1 },
  files: [
    {
      target: "/etc/motd",
      title: null,
      mode: "0644",
      owner: "root:root",
      policy: "REPLACE",
      sizeBytes: 6,
      sha256: "aa",
    },
  ],
} satisfies Partial<PlanDocument> as Partial<PlanDocument> as PlanDocument; // a look reads no more of it
const looked: ImageQuestion = { nodeId: "n", document, files: [{ target: "/etc/motd", content: "hello\n" }] };
const idle = new AbortController().signal;

const reported = (stdout: string, stderr = "", code = 0): ExecResult => ({
  code,
  stdout: Buffer.from(stdout),
  stderr,
  truncated: false,
  greeting: "",
});
function hostOf(exec: Ssh["exec"], more: Partial<Host> = {}): Host {
  const ssh: Ssh = { exec, close: () => undefined, closed: Promise.resolve() };
  return { name: "lab", hasSsh: true, ssh: () => Promise.resolve(ssh), ...more } as Host; // a look uses no more of it
}
const packed: Ssh["exec"] = (argv, options) => {
  if (argv[0] === "pvesm") return Promise.resolve(reported("/cache/x.tar.zst\n"));
  options?.onStdout?.(Buffer.from("hello\n"));
  options?.onStderr?.(Buffer.from("-rw-r--r-- 0/0               6 2025-09-11 09:12 ./etc/motd\n"));
  return Promise.resolve(reported("", "", 0));
};
const before = async (host: Host, readFiles = createReadImageFiles({ readMs: 50 }), signal = idle) =>
  (await readFiles(host, looked, signal)).files[0]?.before;

test("an image is read once for a draft that is looked at again, and anew after a while", async () => {
  let at = 0;
  const readFiles = createReadImageFiles({ now: () => at });
  let reads = 0;
  const host = hostOf((argv, options) => {
    if (argv[0] === "pvesm") reads += 1;
    return packed(argv, options);
  });
  expect([await before(host, readFiles), await before(host, readFiles), reads]).toEqual([
    { state: "same" },
    { state: "same" },
    1,
  ]);
  at = 3_600_000;
  await before(host, readFiles);
  expect(reads).toBe(2);
});

test("a node that says no, or nothing, leaves it unknown, in words", async () => {
  const reason = async (host: Host) => ((await before(host))?.state === "unknown" ? await before(host) : "known");
  expect(await reason(hostOf(() => Promise.resolve(reported("", "storage 'local' does not exist\n", 255))))).toEqual({
    state: "unknown",
    reason: "Node lab could not read the OS template: storage 'local' does not exist.",
  });
  expect(await reason(hostOf(() => new Promise(() => undefined)))).toEqual({
    state: "unknown",
    reason: "Node lab did not read the OS template within 0.05 s.",
  });
  expect(await reason(hostOf(packed, { ssh: () => new Promise(() => undefined) }))).toMatchObject({
    reason: "Node lab did not read the OS template within 0.05 s.",
  });
  expect(await reason(hostOf(packed, { ssh: () => Promise.reject(new SshError("auth", "no")) }))).toMatchObject({
    reason: expect.stringContaining("refused the SSH sign-in") as string,
  });
  expect(await reason(hostOf(packed, { hasSsh: false }))).toMatchObject({
    reason: expect.stringContaining("has no SSH access") as string,
  });
});

test("another host key is reported with it: the node is not who it was", async () => {
  const host = hostOf(packed, {
    ssh: () => Promise.reject(new SshError("host_key", "no", { seenHostKey: "SHA256:other" })),
  });
  expect(await createReadImageFiles()(host, looked, idle)).toMatchObject({
    seen: { sshHostKey: "SHA256:other" },
    files: [{ before: { state: "unknown" } }],
  });
});

test("what was not read is not remembered", async () => {
  const readFiles = createReadImageFiles();
  expect(
    await before(
      hostOf(() => Promise.resolve(reported("", "busy", 255))),
      readFiles,
    ),
  ).toMatchObject({ state: "unknown" });
  expect(await before(hostOf(packed), readFiles)).toEqual({ state: "same" });
});
