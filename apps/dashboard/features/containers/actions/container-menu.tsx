"use client";
// Everything that can be done to a container, each with the reason when it cannot.
import type { ContainerView } from "@homeport/api";
import type { LeaseStage } from "@homeport/db/types";
import { whyNot } from "@homeport/domain/container/container-state";
import { whyNotLent } from "@homeport/domain/lease/why-not-lent";
import { ContainerActions, runKinds } from "@homeport/domain/run/run-kinds";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@homeport/ui/dropdown-menu";
import { IconButton } from "@homeport/ui/icon-button";
import { MoreHorizontal } from "lucide-react";
import { useGo } from "@/lib/project/project-provider";
import { useRoleRefusal } from "@/lib/project/use-role";
import { ActionDialog } from "./action-dialog";
import { actionIcons } from "./action-text";
import { useAction } from "./use-action";

type Shown = Pick<ContainerView, "id" | "hostname" | "vmid" | "state" | "node"> & {
  lease: { stage: LeaseStage } | null;
};

export function ContainerMenu({ container }: { container: Shown }) {
  const go = useGo();
  const action = useAction(container);
  const refusal = useRoleRefusal("container:write");
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton
            label={`Actions on ${container.hostname}`}
            icon={<MoreHorizontal />}
            size="sm"
            pending={action.pending !== undefined}
            className="max-md:size-10"
          />
        </DropdownMenuTrigger>
        <DropdownMenuContent className="w-64">
          <DropdownMenuItem
            onSelect={() => {
              go(`/containers/${container.id}`);
            }}
          >
            Open
          </DropdownMenuItem>
          <DropdownMenuSeparator />
          {ContainerActions.map((one) => {
            const Icon = actionIcons[one];
            return (
              <DropdownMenuItem
                key={one}
                variant={runKinds[one].guest === "removes" ? "danger" : "default"}
                disabledReason={
                  refusal ?? whyNot(one, container.state, container.node.state) ?? whyNotLent(one, container.lease)
                }
                onSelect={() => {
                  action.ask(one);
                }}
              >
                <span className="inline-flex items-center gap-2">
                  <Icon aria-hidden />
                  {runKinds[one].text.title}
                </span>
              </DropdownMenuItem>
            );
          })}
        </DropdownMenuContent>
      </DropdownMenu>
      <ActionDialog action={action} container={container} />
    </>
  );
}
