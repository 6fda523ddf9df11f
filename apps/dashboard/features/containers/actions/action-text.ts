// What the actions on a container are called, and what the ones that hurt do: for buttons and dialogs.
import type { ContainerAction } from "@homeport/domain/run/run-kinds";
import { Play, Power, RotateCw, Square, Trash2, type LucideIcon } from "lucide-react";

export const actionIcons: Record<ContainerAction, LucideIcon> = {
  start: Play,
  stop: Square,
  shutdown: Power,
  reboot: RotateCw,
  destroy: Trash2,
};

export interface Confirmation {
  title: string;
  button: string;
  text: string;
  goes: string[];
  stays: string[];
  /** What goes does not come back. */
  danger: boolean;
  /** Has to be typed before the button works. */
  typed?: string;
}

export interface ActionTarget {
  id: string;
  hostname: string;
  vmid: number | null;
  node: { name: string };
}

/** What is asked before the action; undefined when it is done at once. */
export function confirmationOf(
  action: ContainerAction,
  { hostname, vmid, node }: ActionTarget,
): Confirmation | undefined {
  const guest = vmid === null ? hostname : `${hostname} (${vmid} on ${node.name})`;
  switch (action) {
    case "start":
      return undefined;
    case "shutdown":
      return {
        title: `Shut down ${hostname}?`,
        button: `Shut down ${hostname}`,
        text: `${guest} is asked to shut down. If it has not in time, it is stopped.`,
        goes: ["Its services stop answering"],
        stays: ["Its disk and everything on it"],
        danger: false,
      };
    case "reboot":
      return {
        title: `Reboot ${hostname}?`,
        button: `Reboot ${hostname}`,
        text: `${guest} is shut down and started again.`,
        goes: ["Its services stop answering for a moment"],
        stays: ["Its disk and everything on it"],
        danger: false,
      };
    case "stop":
      return {
        title: `Stop ${hostname}?`,
        button: `Stop ${hostname}`,
        text: `${guest} is switched off at once, as if the power were cut. Shut down asks it first.`,
        goes: ["Whatever its programs have not written yet"],
        stays: ["Its disk and everything written to it"],
        danger: true,
      };
    case "destroy":
      return {
        title: `Delete ${hostname}?`,
        button: `Delete ${hostname}`,
        text: `${guest} is stopped if it runs, and destroyed. This cannot be undone.`,
        goes: [
          "The container and its disks, with everything on them",
          vmid === null ? "Its hostname is free again" : `VMID ${vmid} and its hostname are free again`,
          "The credentials that Homeport kept for its services",
        ],
        stays: ["Its runs and their logs", "The template, and everything else on the node"],
        danger: true,
        typed: hostname,
      };
  }
}
