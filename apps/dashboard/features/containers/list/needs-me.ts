// What waits for the person: shown first on the home page, and nothing when there is nothing.
import type { ContainerView, NodeView } from "@homeport/api";
import { nodeReasonText } from "@homeport/domain/text/node-reason";

export interface Need {
  id: string;
  text: string;
  action: string;
  href: string;
}

type Container = Pick<ContainerView, "id" | "hostname" | "activeRun" | "vmid" | "state">;
type Node = Pick<NodeView, "id" | "name" | "state" | "stateReason" | "probing">;

/** `orphans`: how many are open. */
export function needsMe(containers: readonly Container[], nodes: readonly Node[], orphans = 0): Need[] {
  const runs = containers.flatMap(({ hostname, activeRun }) =>
    activeRun?.state === "awaiting_decision"
      ? [
          {
            id: activeRun.id,
            text: `${hostname}: ${activeRun.step ? `“${activeRun.step.title}” failed` : "a step failed"} and waits for your decision.`,
            action: "Decide",
            href: `/runs/${activeRun.id}`,
          },
        ]
      : [],
  );
  const places = nodes.flatMap((node) => {
    const text = nodeText(node);
    return text === undefined || node.probing
      ? []
      : [
          {
            id: node.id,
            text,
            action: node.state === "key_changed" ? "Compare" : "Open the node",
            href: `/nodes/${node.id}`,
          },
        ];
  });
  const replaced = containers.flatMap(({ id, hostname, vmid, state }) =>
    state === "replaced"
      ? [
          {
            id,
            text: `${hostname}: VMID ${vmid ?? "?"} belongs to another guest now.`,
            action: "Open it",
            href: `/containers/${id}`,
          },
        ]
      : [],
  );
  const lost =
    orphans === 0
      ? []
      : [
          {
            id: "orphans",
            text: `${orphans === 1 ? "One thing does" : `${orphans} things do`} not agree between Homeport, its engine and your nodes.`,
            action: "Review",
            href: "/orphans",
          },
        ];
  return [...runs, ...replaced, ...places, ...lost];
}

function nodeText({ name, state, stateReason }: Node): string | undefined {
  switch (state) {
    case "key_changed":
      return `${name}: its certificate or host key is not the one you confirmed. Nothing is sent to it.`;
    case "unverified":
      return `${name}: confirm that this is the machine.`;
    case "needs_attention":
      return `${name} needs attention${because(stateReason)}`;
    case "unreachable":
      // This reason names the node itself.
      return stateReason?.why === "unreachable"
        ? nodeReasonText(stateReason)
        : `${name} cannot be reached${because(stateReason)}`;
    case "online":
      return undefined;
  }
}

const because = (reason: Node["stateReason"]): string => (reason === null ? "." : `: ${nodeReasonText(reason)}`);
