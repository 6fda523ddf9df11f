"use client";
// What there is to choose from: templates, nodes, and what the chosen node has.
import { whyNotCreate } from "@homeport/domain/container/container-state";
import { useMemo } from "react";
import { useProject } from "@/lib/project/project-provider";
import { trpc } from "@/lib/trpc";
import type { Draft } from "./draft";
import type { Known } from "./suggest";
import { useHeld } from "./use-held";

const ROOM_EVERY_MS = 15_000;

export function useOffer({ templateName, nodeId }: Pick<Draft, "templateName" | "nodeId">) {
  const { id: projectId } = useProject();
  const templates = trpc.templates.list.useQuery();
  const nodes = trpc.nodes.usable.useQuery({ projectId });
  const template = templates.data?.find(({ name }) => name === templateName);
  const node = nodes.data?.find(({ id }) => id === nodeId) ?? nodes.data?.toSorted((a, b) => rank(a) - rank(b))[0];
  const inventory = trpc.nodes.inventory.useQuery({ id: node?.id ?? "", projectId }, { enabled: node !== undefined });
  // Others take of it too.
  const room = trpc.quotas.room.useQuery(
    { projectId, nodeId: node?.id ?? "" },
    { enabled: node !== undefined, refetchInterval: ROOM_EVERY_MS },
  );
  const held = useHeld(node?.id, projectId);
  const detail = trpc.templates.get.useQuery({ name: templateName }, { enabled: template !== undefined });

  const known = useMemo(
    (): Known => ({
      template: template && {
        name: template.name,
        revisionId: template.revisionId,
        os: template.os,
        defaults: template.defaults,
      },
      node,
      inventory: inventory.data ?? undefined,
      hostnames: (held.data ?? []).map(({ hostname }) => hostname),
    }),
    [template, node, inventory.data, held.data],
  );
  // Suggestions wait until the names that are taken are known: a hostname must not change under the person's eyes.
  const ready = nodes.data !== undefined && (node === undefined || held.data !== undefined);
  return {
    templates: templates.data,
    nodes: nodes.data,
    /** What containers of the offered node hold, in all projects. */
    held: held.data,
    template,
    node,
    inventory: inventory.data,
    /** What is limited on the offered node; undefined: not known yet, and the server says so when it is asked. */
    room: room.data,
    definition: detail.data?.definition,
    known: ready ? known : nothing,
    /** What there is to choose from has not come yet; what fails to come is not waited for. */
    reading: [templates, nodes, held, inventory].some(({ isLoading }) => isLoading),
    failed: [templates, nodes, held].find(({ error }) => error !== null),
  };
}

const nothing: Known = { template: undefined, node: undefined, inventory: undefined, hostnames: [] };

/** Why nothing can be made on the node that is offered; undefined as well while the nodes are not read yet. */
export function whyNotCreateOn({ nodes, node }: Pick<ReturnType<typeof useOffer>, "nodes" | "node">) {
  if (nodes === undefined) return undefined;
  return node === undefined ? "There is no node that you can use here." : whyNotCreate(node);
}

/** The default node first, if containers can be made there; then any other where they can. */
const rank = (node: { isDefault: boolean } & Parameters<typeof whyNotCreate>[0]): number =>
  (whyNotCreate(node) === undefined ? 0 : 2) + (node.isDefault ? 0 : 1);
