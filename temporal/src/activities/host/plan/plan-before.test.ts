// Every state that a file of a plan can be in, from what the image holds.
import type { PlanFile } from "@homeport/domain/plan/plan";
import type { ImageEntry } from "@homeport/ssh";
import { expect, test } from "vitest";
import { MOST_SHOWN_BYTES, planBefore, withBefore } from "./plan-before";

const file = (content: string | Buffer, more: Partial<Extract<ImageEntry, { kind: "file" }>> = {}): ImageEntry => ({
  kind: "file",
  permissions: "rw-r--r--",
  sizeBytes: Buffer.byteLength(content),
  content: Buffer.from(content),
  ...more,
});
const MUCH = "x".repeat(MOST_SHOWN_BYTES + 1);

test.each<[string, ImageEntry | undefined, object]>([
  ["nothing is there", { kind: "absent" }, { state: "new" }],
  ["the very same", file("ours\n"), { state: "same" }],
  ["an empty one", file(""), { state: "differs", sizeBytes: 0, text: "" }],
  ["another text", file("theirs ä\n"), { state: "differs", sizeBytes: 10, text: "theirs ä\n" }],
  [
    "bytes that are no text",
    file(Buffer.from([255, 254])),
    { state: "differs", text: null, reason: "The OS template’s file is not text." },
  ],
  ["a zero byte", file("a\0b"), { state: "differs", text: null, reason: "The OS template’s file is not text." }],
  [
    "too much text",
    file(MUCH),
    { state: "differs", text: null, reason: "The OS template’s file is too large to be shown." },
  ],
  [
    "more than is read",
    file("", { sizeBytes: 9_000_000, content: null }),
    { state: "differs", sizeBytes: 9_000_000, text: null, reason: "The OS template’s file is too large to be shown." },
  ],
  [
    "more than is read, and as long as ours",
    file("", { sizeBytes: 5, content: null }),
    { state: "unknown", reason: "The OS template’s file is too large to be compared." },
  ],
  [
    "what only root may read",
    file("root:*\n", { permissions: "rw-r-----" }),
    {
      state: "differs",
      text: null,
      reason: "Only its owner may read the OS template’s file, so its text is not shown.",
    },
  ],
  [
    "a link",
    { kind: "link", at: "/etc/motd", to: "../run/motd" },
    { state: "unknown", reason: "In the OS template it is a link to ../run/motd." },
  ],
  [
    "a link on the way",
    { kind: "link", at: "/etc", to: "usr/etc" },
    { state: "unknown", reason: "In the OS template /etc is a link to usr/etc, which is not followed." },
  ],
  [
    "a directory",
    { kind: "directory" },
    { state: "unknown", reason: "In the OS template it is a directory, which would be in the way." },
  ],
  [
    "a hard link",
    { kind: "other", what: "a hard link" },
    { state: "unknown", reason: "In the OS template it is a hard link." },
  ],
  ["no answer", undefined, { state: "unknown", reason: "The OS template was not asked for it." }],
])("%s", (_, entry, before) => {
  expect(planBefore("/etc/motd", Buffer.from("ours\n"), entry)).toMatchObject(before);
});

test("bytes of ours that are no text are compared, and not shown", () => {
  const key = Buffer.from([0x99, 0x00, 0xff]);
  expect(planBefore("/etc/apt/keyrings/x.gpg", key, file(key))).toEqual({ state: "same" });
  expect(planBefore("/etc/apt/keyrings/x.gpg", key, file("text\n"))).toMatchObject({
    state: "differs",
    text: null,
    reason: "The new file is not text, so the two are not shown side by side.",
  });
});

test("a plan shows so much of an image and no more, and says so", () => {
  const half = "y".repeat(MOST_SHOWN_BYTES / 2 + 1);
  const files = ["/a", "/b", "/c"].map((target): PlanFile => ({
    target,
    title: null,
    mode: "0644",
    owner: "root:root",
    policy: "REPLACE",
    sizeBytes: 5,
    sha256: "aa",
  }));
  const shown = withBefore(
    files,
    new Map(),
    new Map([
      ["/a", file(half)],
      ["/b", file(half)],
      ["/c", { kind: "absent" }],
    ]),
  );
  expect(shown.map(({ before }) => before)).toMatchObject([
    { text: half },
    { state: "differs", text: null, reason: "A plan shows at most 64 KiB of what the OS template has." },
    { state: "new" },
  ]);
});
