// Which containers the home page shows, by what its URL says; and how many there are of each state.
import type { ContainerView } from "@homeport/api";
import { ContainerStates, type ContainerState } from "@homeport/domain/container/container-state";

export interface ContainerFilter {
  state: ContainerState | undefined;
  nodeId: string | undefined;
  search: string;
}

/** From the query of the URL; what it cannot be is left out. */
export function readFilter(query: { get(name: string): string | null }): ContainerFilter {
  return {
    state: ContainerStates.find((state) => state === query.get("state")),
    nodeId: query.get("node") ?? undefined,
    search: query.get("q") ?? "",
  };
}

type Filtered = Pick<ContainerView, "hostname" | "vmid" | "address" | "state" | "node" | "template" | "services">;

export function filterContainers<T extends Filtered>(
  containers: readonly T[],
  { state, nodeId, search }: ContainerFilter,
): T[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return containers.filter(
    (one) =>
      (state === undefined || one.state === state) &&
      (nodeId === undefined || one.node.id === nodeId) &&
      words.every((word) => textOf(one).includes(word)),
  );
}

const textOf = ({ hostname, vmid, address, node, template, services }: Filtered): string =>
  [hostname, vmid, address, node.name, template.title, template.name, ...services.map(({ name }) => name)]
    .join(" ")
    .toLowerCase();

/** States that somebody is in, in the table's order. */
export function countStates(
  containers: readonly Pick<ContainerView, "state">[],
): { state: ContainerState; count: number }[] {
  return ContainerStates.map((state) => ({
    state,
    count: containers.filter((one) => one.state === state).length,
  })).filter(({ count }) => count > 0);
}
