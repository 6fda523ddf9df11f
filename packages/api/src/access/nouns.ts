// What there is, and the way from each thing to the project or the person whose it is. A new noun gets its line here, and with it a
// case in owned.integration.test.ts and in strangers.integration.test.ts: both fail without one.
import { savedNode } from "@homeport/db/saved-node";
import type { Permission } from "@homeport/domain/access/permission";

export interface Noun {
  /** Prisma's name of its table. */
  model: string;
  /** What a person calls it in a refusal. */
  name: string;
  /**
   * Whose it is: of the members of a project or of an organization by their role, of one person alone, of one person and those in whose projects it is shared,
   * or everybody's who is signed in.
   */
  of: "project" | "organization" | "person" | "shared" | "everybody";
  /** From its row to the id of that project, organization or person. */
  path: readonly string[];
  /** Without this permission it is not there. */
  reading: Permission;
  /** What else it takes to be one. */
  where?: object;
}

export const nouns = {
  project: { model: "project", name: "project", of: "project", path: ["id"], reading: "project:read" },
  membership: {
    model: "projectMember",
    name: "member",
    of: "project",
    path: ["projectId"],
    reading: "project:read",
  },
  /** A token's row, for those who may invite. */
  invitation: {
    model: "invitation",
    name: "invitation",
    of: "organization",
    path: ["organizationId"],
    reading: "member:write",
  },
  container: { model: "container", name: "container", of: "project", path: ["projectId"], reading: "container:read" },
  run: { model: "run", name: "run", of: "project", path: ["projectId"], reading: "run:read" },
  step: { model: "runStep", name: "step", of: "project", path: ["run", "projectId"], reading: "run:read" },
  batch: { model: "batch", name: "batch", of: "project", path: ["projectId"], reading: "run:read" },
  node: {
    model: "proxmoxNode",
    name: "node",
    of: "person",
    path: ["userId"],
    reading: "node:read",
    where: savedNode,
  },
  /** A node on which containers may be made: one's own, or one that is shared into a project where one may create. Its settings are its owner's. */
  usableNode: {
    model: "proxmoxNode",
    name: "node",
    of: "shared",
    path: ["userId"],
    reading: "container:write",
    where: savedNode,
  },
  /** One that is not saved yet as well: only what shows, tests, saves or discards a node asks for it. */
  nodeOrDraft: {
    model: "proxmoxNode",
    name: "node",
    of: "person",
    path: ["userId"],
    reading: "node:read",
    where: { retiredAt: null },
  },
  apiToken: { model: "apiToken", name: "API token", of: "person", path: ["userId"], reading: "account:read" },
  passkey: { model: "passkey", name: "passkey", of: "person", path: ["userId"], reading: "account:read" },
  orphan: { model: "orphan", name: "orphan", of: "person", path: ["userId"], reading: "node:read" },
  plan: { model: "plan", name: "plan", of: "person", path: ["userId"], reading: "container:read" },
  templateRevision: {
    model: "templateRevision",
    name: "template",
    of: "everybody",
    path: [],
    reading: "template:read",
  },
} as const satisfies Record<string, Noun>;

export type NounName = keyof typeof nouns;
