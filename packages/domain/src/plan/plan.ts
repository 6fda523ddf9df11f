// What will happen when a container is created, as a document: shown before, compared again right before it happens.
import { z } from "zod";
import { canonical } from "../canonical";

/** `id` is stable, such as "storage:space"; `text` may hold figures of the moment. `command`: typed on the node as root (domain/node/node-commands). */
export const PlanFinding = z.object({
  id: z.string(),
  text: z.string(),
  fix: z.string().optional(),
  command: z.string().optional(),
});
export type PlanFinding = z.infer<typeof PlanFinding>;

/** One option of the create call: as Proxmox gets it, and in words. */
export const PlanOption = z.object({ option: z.string(), value: z.string(), words: z.string() });
export type PlanOption = z.infer<typeof PlanOption>;

/** What the OS image holds where a file is to be put. Every `reason` is a sentence. */
export const PlanBefore = z.discriminatedUnion("state", [
  z.object({ state: z.literal("new") }),
  z.object({ state: z.literal("same") }),
  /** `text` is the image's own, or null with the reason why it is not shown. */
  z.object({
    state: z.literal("differs"),
    sizeBytes: z.number(),
    text: z.string().nullable(),
    reason: z.string().optional(),
  }),
  z.object({ state: z.literal("unknown"), reason: z.string() }),
]);
export type PlanBefore = z.infer<typeof PlanBefore>;

export const PlanFile = z.object({
  target: z.string(),
  title: z.string().nullable(),
  mode: z.string(),
  owner: z.string(),
  policy: z.enum(["REPLACE", "DEFAULT", "BACKUP"]),
  sizeBytes: z.number(),
  sha256: z.string(),
  /** Absent where nobody looked: a check before a create compares hashes only. */
  before: PlanBefore.optional(),
});
export type PlanFile = z.infer<typeof PlanFile>;

export const PlanScript = z.object({
  name: z.string(),
  title: z.string(),
  optional: z.boolean(),
  repeatable: z.boolean(),
  timeoutMinutes: z.number(),
  sizeBytes: z.number(),
  sha256: z.string(),
});
export type PlanScript = z.infer<typeof PlanScript>;

/** No secret and no text of a template's file or script is in it: it travels through the engine and is kept. */
export const PlanDocument = z.object({
  node: z.object({ name: z.string(), pveName: z.string().nullable(), pveVersion: z.string().nullable() }),
  template: z.object({ name: z.string(), title: z.string(), revision: z.number() }),
  config: z.array(PlanOption),
  /** What only root@pam may set: done over SSH, after the create call. */
  overSsh: z.array(PlanOption),
  /** `likely`: what an automatic VMID would be at this moment. `from`, `to`: the node's range. */
  vmid: z.object({ typed: z.number().nullable(), likely: z.number().nullable(), from: z.number(), to: z.number() }),
  image: z.object({ volid: z.string(), present: z.boolean(), sizeBytes: z.number().nullable() }),
  /**
   * The node's own figures; null when it did not tell. `neededBytes`: what the disk is promised. `promisedBytes`: of what is free, what
   * `promisedTo` creates under way were promised and have not taken yet.
   */
  storage: z.object({
    name: z.string(),
    type: z.string().nullable(),
    availableBytes: z.number().nullable(),
    totalBytes: z.number().nullable(),
    neededBytes: z.number(),
    promisedBytes: z.number().default(0),
    promisedTo: z.number().default(0),
  }),
  bridge: z.object({ name: z.string(), cidr: z.string().nullable() }),
  files: z.array(PlanFile),
  packages: z.array(z.string()),
  scripts: z.array(PlanScript),
  privileges: z.array(z.object({ path: z.string(), privilege: z.string(), for: z.string(), granted: z.boolean() })),
  /** It cannot be created like this. */
  blockers: z.array(PlanFinding),
  /** It can, but may not be what is wanted. */
  warnings: z.array(PlanFinding),
  /** It will be done in another way than asked, or in one that should be known. */
  notes: z.array(PlanFinding),
});
export type PlanDocument = z.infer<typeof PlanDocument>;

/**
 * The part that must not change between looking and creating, as canonical JSON: no figures of the moment, no estimate, not
 * the VMID that an automatic one would get, not whether the image is there already (it is fetched when it is not). What the
 * image holds is settled by its name.
 */
function planEssence(plan: PlanDocument): string {
  const { node, template, vmid, image, storage, bridge, packages } = plan;
  return canonical({
    node: node.name,
    template: { name: template.name, revision: template.revision },
    config: settled(plan.config),
    overSsh: settled(plan.overSsh),
    vmid: vmid.typed,
    image: image.volid,
    storage: storage.name,
    bridge: bridge.name,
    files: plan.files.map(({ target, mode, owner, policy, sha256 }) => ({ target, mode, owner, policy, sha256 })),
    packages,
    scripts: plan.scripts.map(({ name, sha256, timeoutMinutes, repeatable }) => ({
      name,
      sha256,
      timeoutMinutes,
      repeatable,
    })),
    blockers: plan.blockers.map(({ id }) => id).sort(),
  });
}

export const NODE_SLOW = "node:slow";
const away: readonly string[] = [
  NODE_SLOW,
  ...["unreachable", "busy", "no_quorum", "malformed", "server"].map((kind) => `node:proxmox-${kind}`),
];

/** Whether a plan says nothing but that its node gives no answer that counts, which may pass: what it would have said is not known. */
export function isNodeAway({ blockers }: Pick<PlanDocument, "blockers">): boolean {
  return blockers.length > 0 && blockers.every(({ id }) => away.includes(id));
}

/** The input that can mend a finding, where there is one. */
export function findingField({
  id,
}: PlanFinding): "vmid" | "storage" | "bridge" | "osTemplate" | "network.address" | "network.ipv6.address" | undefined {
  const [what = ""] = id.split(":");
  switch (what) {
    case "image":
      return "osTemplate";
    case "address":
      return id.split(":").length > 2 ? "network.ipv6.address" : "network.address";
    case "vmid":
    case "storage":
    case "bridge":
      return what;
    default:
      return undefined;
  }
}

/** `sha256`: hex of a text's SHA-256; Node and the browser have each their own. */
export function planHash(plan: PlanDocument, sha256: (text: string) => string): string {
  return sha256(planEssence(plan));
}

/** As it is kept: what an image holds is only for the one who looks now. */
export function withoutTexts(plan: PlanDocument): PlanDocument {
  return {
    ...plan,
    files: plan.files.map(({ before, ...file }) =>
      before === undefined
        ? file
        : { ...file, before: before.state === "differs" ? { ...before, text: null } : before },
    ),
  };
}

/** Whether two plans make the same create call. */
export function sameCall(
  a: Pick<PlanDocument, "config" | "overSsh">,
  b: Pick<PlanDocument, "config" | "overSsh">,
): boolean {
  const call = ({ config, overSsh }: typeof a): string => canonical([settled(config), settled(overSsh)]);
  return call(a) === call(b);
}

const settled = (options: readonly PlanOption[]) => options.map(({ option, value }) => ({ option, value }));
