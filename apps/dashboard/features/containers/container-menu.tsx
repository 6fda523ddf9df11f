"use client";
// Everything that can be done to a container, each with the reason when it cannot.
import type { ContainerView } from "@homeport/api";
import { ContainerActions, whyNot } from "@homeport/domain/container-state";
import { Menu, MenuItem, MenuSeparator } from "@homeport/ui/dropdown-menu";
import { IconButton } from "@homeport/ui/icon-button";
import { MoreHorizontal } from "lucide-react";
import { useRouter } from "next/navigation";
import { ActionDialog } from "./action-dialog";
import { actionIcons, actionTitles } from "./action-words";
import { useAction } from "./use-action";

type Shown = Pick<ContainerView, "id" | "hostname" | "vmid" | "state" | "node">;

export function ContainerMenu({ container }: { container: Shown }) {
  const router = useRouter();
  const action = useAction(container);
  return (
    <>
      <Menu className="w-64" trigger={<IconButton label={`Actions on ${container.hostname}`} icon={<MoreHorizontal />} size="sm" pending={action.pending !== undefined} className="max-md:size-10" />}>
        <MenuItem onSelect={() => { router.push(`/containers/${container.id}`); }}>Open</MenuItem>
        <MenuSeparator />
        {ContainerActions.map((one) => {
          const Icon = actionIcons[one];
          return (
            <MenuItem key={one} danger={one === "destroy"} disabledReason={whyNot(one, container.state, container.node.state)} onSelect={() => { action.ask(one); }}>
              <span className="inline-flex items-center gap-2"><Icon aria-hidden />{actionTitles[one]}</span>
            </MenuItem>
          );
        })}
      </Menu>
      <ActionDialog action={action} container={container} />
    </>
  );
}
