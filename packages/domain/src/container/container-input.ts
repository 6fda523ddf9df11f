// What a person decides about a new container: one schema for the form, the router and the workflow.
// Limits are Proxmox's own (pve-container, PVE/LXC/Config.pm) where it has one.
import "../text/input-messages";
import { z } from "zod";
import { AuthorizedKeys } from "./authorized-keys";
import { Hostname, SearchDomains } from "./hostname";
import { NameServer, Network } from "./network";
import { Vmid } from "./vmid";
import { uuid } from "../text/uuid";

/** pve-common, PVE::JSONSchema: `pve-storage-id`, and what Linux allows for an interface name. */
const StorageId = z
  .string()
  .max(100)
  .regex(/^[A-Za-z][A-Za-z0-9._-]*[A-Za-z0-9]$/, "Choose a storage.");
const Bridge = z.string().regex(/^[A-Za-z0-9._-]{1,15}$/, "Choose a bridge.");
/** pve-common, `pve-tag`; stored in lower case. Our own ownership tag is not for people to set. */
const Tag = z
  .string()
  .trim()
  .toLowerCase()
  .max(100)
  .regex(/^[a-z0-9_][a-z0-9_+.-]*$/, "Letters, digits, and _ + . - after the first.")
  .refine((tag) => !tag.startsWith("homeport-"), "Tags that begin with homeport- are kept for Homeport.");

/** Of a package or a script: as templates may name them, and never longer than a person would. */
const NameInTemplate = z
  .string()
  .max(100)
  .regex(/^[A-Za-z0-9][A-Za-z0-9+._-]*$/, "Choose one of the template's.");

export const CreateContainerInput = z.strictObject({
  templateRevisionId: uuid(),
  nodeId: uuid("Choose a node."),
  hostname: Hostname,
  /** `null`: the next free one. */
  vmid: Vmid.nullable().default(null),
  /** The OS image on the node, as Proxmox names it: "local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst". */
  osTemplate: z
    .string()
    .max(255)
    .regex(/^[^\s:]+:vztmpl\/[^\s/]+$/, "Choose an OS template."),
  cores: z.int().min(1, "At least one core.").max(8192),
  memoryMib: z.int().min(16, "At least 16 MiB.").max(16_777_216),
  swapMib: z.int().min(0).max(16_777_216),
  diskGib: z.int().min(1, "At least 1 GiB.").max(131_072),
  storage: StorageId,
  bridge: Bridge,
  vlan: z.int().min(1).max(4094).nullable().default(null),
  network: Network,
  nameservers: z.array(NameServer).max(3, "At most three name servers: a resolver asks no more.").default([]),
  /** One or more, with blanks between them. */
  searchDomain: SearchDomains.default(""),
  /** As in authorized_keys, one key a line. */
  sshPublicKey: AuthorizedKeys.default(""),
  tags: z.array(Tag).max(20).default([]),
  unprivileged: z.boolean().default(true),
  nesting: z.boolean().default(true),
  startOnBoot: z.boolean().default(true),
  /** Packages and scripts of the template that the person switched off, by name. */
  packagesOff: z.array(NameInTemplate).max(200).default([]),
  scriptsOff: z.array(NameInTemplate).max(200).default([]),
});
/** Parsed. */
export type ContainerSpec = z.output<typeof CreateContainerInput>;

/** As a form holds it. */
export type CreateContainerInput = z.input<typeof CreateContainerInput>;
