// What Temporal calls the work that we ask of it: an id that a person can read in a list, stable for as long as the work lasts.
import type { RunKind } from "@homeport/db/types";
import { runKinds } from "./run-kinds";

/** "create-web-1-1f9c3a77": the end of the run's id keeps it apart from others of the same container. */
export function runWorkflowId({ id, kind, hostname }: { id: string; kind: RunKind; hostname: string }): string {
  return [runKinds[kind].text.slug, slug(hostname), shortId(id)].join("-");
}

/** "check-node-lab-5e0d9b12" */
export function checkWorkflowId(node: { id: string; name: string }): string {
  return ["check-node", slug(node.name), shortId(node.id)].join("-");
}

/** "plan-web-1-90ab12cd"; `key` is drawn for each plan. */
export function planWorkflowId({ key, hostname }: { key: string; hostname: string }): string {
  return ["plan", slug(hostname), shortId(key)].join("-");
}

/** The random end of a UUID. */
const shortId = (id: string): string => id.replaceAll("-", "").slice(-8);

/** Letters, digits and hyphens: it stands in addresses and in Temporal's queries. */
const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 63) || "unnamed";
