"use client";
// What can be done with a node, behind one button; refused ones say why.
import type { NodeView } from "@homeport/api";
import { ConfirmDialog } from "@homeport/ui/confirm-dialog";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@homeport/ui/dropdown-menu";
import { IconButton } from "@homeport/ui/icon-button";
import { toast } from "@homeport/ui/toast";
import { Ellipsis, Pencil, RefreshCw, ShieldCheck, Star, Trash2 } from "lucide-react";
import { Link } from "@/components/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { outcomeTitle } from "@/lib/requests/answer";
import { trpc, type ApiError } from "@/lib/trpc";
import { needsConfirming, whyNotDefault, whyNotDestroy, whyNotProbe } from "./why-not";

export function NodeActions({ node }: { node: NodeView }) {
  const [destroying, setDestroying] = useState(false);
  const router = useRouter();
  const utils = trpc.useUtils();
  const settle = {
    onSuccess: () => void utils.nodes.invalidate(),
    onError: (error: ApiError) => {
      toast.error(outcomeTitle(error, `${node.name} is as it was.`), { description: error.message });
    },
  };
  const makeDefault = trpc.nodes.setDefault.useMutation(settle);
  const probe = trpc.nodes.probe.useMutation(settle);
  const destroy = trpc.nodes.destroy.useMutation({
    onSuccess: () => {
      setDestroying(false);
      toast.success(`${node.name} is no longer managed here.`);
      router.push("/nodes");
      void utils.nodes.list.invalidate();
    },
  });
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton label={`Actions on ${node.name}`} icon={<Ellipsis />} />
        </DropdownMenuTrigger>
        <DropdownMenuContent className="w-64">
          {needsConfirming(node) && (
            <DropdownMenuItem asChild>
              <Link href={`/nodes/${node.id}/confirm`}>
                <ShieldCheck aria-hidden />
                Compare its keys
              </Link>
            </DropdownMenuItem>
          )}
          <DropdownMenuItem
            disabledReason={whyNotProbe(node)}
            onSelect={() => {
              probe.mutate({ id: node.id });
            }}
          >
            <RefreshCw aria-hidden />
            Check again
          </DropdownMenuItem>
          <DropdownMenuItem asChild>
            <Link href={`/nodes/${node.id}/edit`}>
              <Pencil aria-hidden />
              Edit
            </Link>
          </DropdownMenuItem>
          <DropdownMenuItem
            disabledReason={whyNotDefault(node)}
            onSelect={() => {
              makeDefault.mutate({ id: node.id });
            }}
          >
            <Star aria-hidden />
            Make default
          </DropdownMenuItem>
          <DropdownMenuSeparator />
          <DropdownMenuItem
            variant="danger"
            disabledReason={whyNotDestroy(node)}
            onSelect={() => {
              destroy.reset();
              setDestroying(true);
            }}
          >
            <Trash2 aria-hidden />
            Delete
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <ConfirmDialog
        open={destroying}
        onOpenChange={setDestroying}
        title={`Delete ${node.name}?`}
        goes={["Its address, keys and secrets in Homeport."]}
        stays={["The machine itself and every guest on it: nothing is sent there."]}
        confirmLabel={`Delete ${node.name}`}
        pending={destroy.isPending}
        error={destroy.error?.message}
        onConfirm={() => {
          destroy.mutate({ id: node.id });
        }}
      />
    </>
  );
}
