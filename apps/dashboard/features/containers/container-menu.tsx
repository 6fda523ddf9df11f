"use client";
// Everything that can be done to a container, each with the reason when it cannot.
import type { ContainerView } from "@homeport/api";
import { ContainerActions, whyNot, type ContainerAction } from "@homeport/domain/container-state";
import { cn } from "@homeport/ui/cn";
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuSeparator, DropdownMenuTrigger } from "@homeport/ui/dropdown-menu";
import { IconButton } from "@homeport/ui/icon-button";
import { MoreHorizontal } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ActionDialog } from "./action-dialog";
import { actionTitles, confirmationOf } from "./action-words";
import { useOperate } from "./use-operate";

type Shown = Pick<ContainerView, "id" | "hostname" | "vmid" | "state" | "node">;

export function ContainerMenu({ container }: { container: Shown }) {
  const router = useRouter();
  const [asking, setAsking] = useState<ContainerAction>();
  const { operate, pending } = useOperate(container);
  const begin = (action: ContainerAction): void => {
    if (confirmationOf(action, container)) setAsking(action);
    else void operate(action);
  };
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton label={`Actions on ${container.hostname}`} icon={<MoreHorizontal />} size="sm" pending={pending} />
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end" className="w-56">
          <DropdownMenuItem onSelect={() => { router.push(`/containers/${container.id}`); }}>Open</DropdownMenuItem>
          <DropdownMenuSeparator />
          {ContainerActions.map((action) => {
            const reason = whyNot(action, container.state, container.node.state);
            return (
              // Not `disabled`: the keyboard would pass over it, and its reason with it.
              <DropdownMenuItem
                key={action}
                aria-disabled={reason !== undefined}
                className={reason === undefined ? undefined : "cursor-not-allowed"}
                variant={action === "destroy" && reason === undefined ? "danger" : "default"}
                onSelect={(event) => {
                  if (reason === undefined) begin(action);
                  else event.preventDefault();
                }}
              >
                <span className={cn("flex flex-col", reason !== undefined && "text-muted")}>
                  {actionTitles[action]}
                  {reason && <span className="text-meta text-muted">{reason}</span>}
                </span>
              </DropdownMenuItem>
            );
          })}
        </DropdownMenuContent>
      </DropdownMenu>
      {asking && <ActionDialog action={asking} container={container} onConfirm={() => operate(asking)} onClose={() => { setAsking(undefined); }} />}
    </>
  );
}
