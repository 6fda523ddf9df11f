import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { isNodeAway, NODE_SLOW, PlanDocument, planHash, withoutTexts } from "./plan";
import { changeSentence, planChanges } from "./plan-changes";
import { planCommand } from "./plan-command";

const plan: PlanDocument = {
  node: { name: "lab", pveName: "pve", pveVersion: "9.2.11" },
  template: { name: "web", title: "Web", revision: 3 },
  config: [
    { option: "vmid", value: "", words: "the next free one" },
    { option: "ostemplate", value: "local:vztmpl/debian-12.tar.zst", words: "Debian" },
    { option: "hostname", value: "web", words: "web" },
    { option: "memory", value: "512", words: "512 MiB" },
    { option: "tags", value: "a;b", words: "a, b" },
    { option: "ssh-public-keys", value: "ssh-ed25519 AAAA x", words: "1 key" },
  ],
  overSsh: [],
  vmid: { typed: null, likely: 104, from: 100, to: 999_999_999 },
  image: { volid: "local:vztmpl/debian-12.tar.zst", present: true, sizeBytes: 1 },
  storage: {
    name: "local-lvm",
    type: "lvmthin",
    availableBytes: 5e9,
    totalBytes: 9e9,
    promisedBytes: 0,
    promisedTo: 0,
    neededBytes: 2e9,
  },
  bridge: { name: "vmbr0", cidr: null },
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
  packages: ["nginx"],
  scripts: [
    {
      name: "configure",
      title: "Configure it",
      optional: false,
      repeatable: true,
      timeoutMinutes: 30,
      sizeBytes: 4,
      sha256: "bb",
    },
  ],
  privileges: [],
  blockers: [],
  warnings: [],
  notes: [],
};
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const hash = (change: Partial<PlanDocument>) => planHash({ ...plan, ...change }, sha256);

test("the same plan has the same hash, whatever the order of its keys", () => {
  const shuffled = Object.fromEntries(Object.entries(plan).reverse()) as PlanDocument; // the same entries
  expect(planHash(shuffled, sha256)).toBe(hash({}));
});

test("figures of the moment do not change the hash", () => {
  expect(
    hash({
      storage: { ...plan.storage, availableBytes: 1 },
      vmid: { ...plan.vmid, likely: 300 },
      image: { ...plan.image, present: false, sizeBytes: null },
      warnings: [{ id: "w", text: "w" }],
    }),
  ).toBe(hash({}));
  expect(
    hash({ files: plan.files.map((file) => ({ ...file, before: { state: "differs", sizeBytes: 3, text: "old" } })) }),
  ).toBe(hash({}));
  const blocked = (text: string) => hash({ blockers: [{ id: "storage:space", text }] });
  expect(blocked("1 GiB free")).toBe(blocked("2 GiB free"));
});

test("what an image holds is not kept, and a plan that was kept before it was told is still one", () => {
  const seen = {
    ...plan,
    files: plan.files.map((file) => ({ ...file, before: { state: "differs" as const, sizeBytes: 3, text: "old" } })),
  };
  expect(withoutTexts(seen).files[0]?.before).toEqual({ state: "differs", sizeBytes: 3, text: null });
  expect(PlanDocument.parse(withoutTexts(seen))).toEqual(withoutTexts(seen));
  expect(PlanDocument.parse(plan)).toEqual(plan);
});

test.each<[string, Partial<PlanDocument>]>([
  ["an option", { config: [...plan.config, { option: "swap", value: "64", words: "" }] }],
  ["a typed VMID", { vmid: { ...plan.vmid, typed: 300 } }],
  ["the template's revision", { template: { ...plan.template, revision: 4 } }],
  ["a script's text", { scripts: plan.scripts.map((script) => ({ ...script, sha256: "cc" })) }],
  ["a file's content", { files: plan.files.map((file) => ({ ...file, sha256: "cc" })) }],
  ["an obstacle", { blockers: [{ id: "bridge", text: "no bridge" }] }],
])("%s changes the hash and is told", (_, change) => {
  expect(hash(change)).not.toBe(hash({}));
  expect(planChanges(plan, { ...plan, ...change })).not.toEqual([]);
});

test("what changed is reported as before and after", () => {
  const after = {
    ...plan,
    packages: ["nginx", "curl"],
    files: [],
    blockers: [{ id: "bridge", text: "The node has no bridge vmbr0." }],
  };
  expect(planChanges(plan, after).map(changeSentence)).toEqual([
    "Stands in the way: The node has no bridge vmbr0.",
    "Packages: nginx → nginx, curl",
    "File /etc/motd: no longer 6 bytes (aa), 0644, root:root, REPLACE",
  ]);
  expect(planChanges(plan, plan)).toEqual([]);
});

test("the command can be read and quotes what a shell would take apart", () => {
  expect(planCommand(plan)).toBe(
    "pct create 104 local:vztmpl/debian-12.tar.zst \\\n  --hostname web \\\n  --memory 512 \\\n  --tags 'a;b' \\\n  --ssh-public-keys <file with the keys>",
  );
});

test("a node that gives no answer that counts says nothing of what stands in the way; one that refuses us does", () => {
  const found = (...ids: string[]) => isNodeAway({ blockers: ids.map((id) => ({ id, text: id })) });
  for (const id of [
    NODE_SLOW,
    "node:proxmox-unreachable",
    "node:proxmox-no_quorum",
    "node:proxmox-malformed",
    "node:proxmox-server",
  ])
    expect(found(id)).toBe(true);
  for (const id of ["node:proxmox-auth", "node:proxmox-certificate", "node:homeport", "vmid:taken"])
    expect(found(id)).toBe(false);
  expect([found(), found(NODE_SLOW, "vmid:taken")]).toEqual([false, false]);
});
