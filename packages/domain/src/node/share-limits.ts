// What a project may use of a node that is shared into it. Its owner alone sets it, and is not held to it themselves.
import "../text/input-messages";
import { z } from "zod";
import { type ContainerSpec, CreateContainerInput } from "../container/container-input";
import { noQuota, Quota } from "../quota/quota";
import { VmidRange, refineRange } from "./vmid-range";

const most = 200;
const Names = <Name extends z.ZodType<string>>(name: Name) => z.array(name).max(most, `At most ${most}.`);

/** As a template's folder is called (domain/template/template). */
const TemplateName = z
  .string()
  .max(100)
  .regex(/^[a-z0-9][a-z0-9-]*$/, "Choose one of the templates.");

/** Lists that are empty allow all that the node, or Homeport, offers. Templates are named, of whatever revision. */
export const ShareLimits = z
  .strictObject({
    storages: Names(CreateContainerInput.shape.storage),
    bridges: Names(CreateContainerInput.shape.bridge),
    templates: Names(TemplateName),
    ...VmidRange,
    privileged: z.boolean(),
    quota: Quota,
  })
  .superRefine(refineRange);
export type ShareLimits = z.infer<typeof ShareLimits>;

/** What a share begins with: all but privileged containers, whose root is close to the node's own. */
export const firstLimits: ShareLimits = {
  storages: [],
  bridges: [],
  templates: [],
  vmidFrom: null,
  vmidTo: null,
  privileged: false,
  quota: noQuota,
};

type Asked = { [Key in "storage" | "bridge" | "vmid" | "unprivileged"]?: ContainerSpec[Key] | undefined } & {
  template?: string;
};

const RAISER = "The node's owner can change this.";

/** By the field of the input that can mend it; empty: nothing is in the way. What is undefined is not judged. `template`: its name. */
export function outsideLimits(
  { storage, bridge, vmid, unprivileged, template }: Asked,
  { limits, node }: { limits: Omit<ShareLimits, "quota">; node: string },
): Record<string, string> {
  const { storages, bridges, templates, vmidFrom, vmidTo, privileged } = limits;
  const outside: Record<string, string> = {};
  if (!isListed(storages, storage)) outside.storage = `This project may use ${list(storages)} of ${node}. ${RAISER}`;
  if (!isListed(bridges, bridge)) outside.bridge = `This project may use ${list(bridges)} of ${node}. ${RAISER}`;
  if (!isListed(templates, template))
    outside.templateRevisionId = `On ${node} this project may create containers of ${list(templates)}. ${RAISER}`;
  if (vmid !== undefined && vmid !== null && vmidFrom !== null && vmidTo !== null && (vmid < vmidFrom || vmid > vmidTo))
    outside.vmid = `On ${node} this project may use VMIDs ${vmidFrom} to ${vmidTo}. ${RAISER}`;
  if (unprivileged === false && !privileged)
    outside.unprivileged = `On ${node} this project may create unprivileged containers only. ${RAISER}`;
  return outside;
}

/** A list that is empty has everything. */
export function isListed(names: readonly string[], name: string | undefined): boolean {
  return name === undefined || names.length === 0 || names.includes(name);
}

const list = (names: readonly string[]): string => new Intl.ListFormat("en", { type: "disjunction" }).format(names);
