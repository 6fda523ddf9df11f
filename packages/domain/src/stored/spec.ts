// A container's spec as it is read back: its form alone, so that no rule of today makes a container of yesterday unreadable.
import { z } from "zod";
import type { ContainerSpec } from "../container/container-input";
import { storedDocument } from "./document";

const Static = { mode: z.literal("static"), address: z.string(), gateway: z.string().default("") };
const ipv6 = {
  ipv6: z
    .discriminatedUnion("mode", [
      z.object({ mode: z.literal("auto") }),
      z.object({ mode: z.literal("dhcp") }),
      z.object(Static),
    ])
    .optional(),
};
const NetworkForm = z.discriminatedUnion("mode", [
  z.object({ mode: z.literal("none"), ...ipv6 }),
  z.object({ mode: z.literal("dhcp"), ...ipv6 }),
  z.object({ ...Static, ...ipv6 }),
]);

/** The fields of a spec without a rule, with the defaults of those that an earlier Homeport did not write. */
export const SpecForm = z.object({
  templateRevisionId: z.string(),
  nodeId: z.string(),
  hostname: z.string(),
  vmid: z.number().nullable().default(null),
  osTemplate: z.string(),
  cores: z.number(),
  memoryMib: z.number(),
  swapMib: z.number(),
  diskGib: z.number(),
  storage: z.string(),
  bridge: z.string(),
  vlan: z.number().nullable().default(null),
  network: NetworkForm,
  nameservers: z.array(z.string()).default([]),
  searchDomain: z.string().default(""),
  sshPublicKey: z.string().default(""),
  tags: z.array(z.string()).default([]),
  unprivileged: z.boolean().default(true),
  nesting: z.boolean().default(true),
  startOnBoot: z.boolean().default(true),
  packagesOff: z.array(z.string()).default([]),
  scriptsOff: z.array(z.string()).default([]),
}) satisfies z.ZodType<ContainerSpec>;

export const StoredSpec = storedDocument(SpecForm);

/** Where it is on the network; readable even where the rest is not. */
export const StoredPlace = storedDocument(SpecForm.pick({ bridge: true, vlan: true, network: true }));

/** What somebody typed as its tags. */
export const StoredTags = storedDocument(SpecForm.pick({ tags: true }));

/** What its disk was promised. */
export const StoredDisk = storedDocument(SpecForm.pick({ storage: true, diskGib: true }));

/** The patterns that name the containers of a batch, whatever the rest of it says. */
export const StoredBatch = storedDocument(
  z.object({ hostnames: z.string(), count: z.number().nullable().default(null) }),
);
