"use client";
// Deleting a project or an organization: the name has to be typed, and what goes and what stays is said.
import { Button } from "@homeport/ui/button";
import { Card } from "@homeport/ui/card";
import { ConfirmDialog } from "@homeport/ui/confirm-dialog";
import { toast } from "@homeport/ui/toast";
import { useRouter } from "next/navigation";
import { useState, type ReactNode } from "react";
import type { ApiError } from "@/lib/trpc";

export interface DeleteCardProps {
  /** "project" */
  noun: string;
  id: string;
  name: string;
  hint: ReactNode;
  goes: readonly string[];
  stays: readonly string[];
  destroy: {
    mutate: (input: { id: string; name: string }, then: { onSuccess: () => void }) => void;
    reset: () => void;
    isPending: boolean;
    error: ApiError | null;
  };
  /** Where its person goes then. */
  next: string;
}

export function DeleteCard({ noun, id, name, hint, goes, stays, destroy, next }: DeleteCardProps) {
  const router = useRouter();
  const [asks, setAsks] = useState(false);
  return (
    <Card title={`Delete this ${noun}`}>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-0 flex-1 basis-60 text-muted">{hint}</p>
        <Button
          variant="danger-ghost"
          className="max-w-full"
          onClick={() => {
            destroy.reset();
            setAsks(true);
          }}
        >
          <span className="truncate">Delete {name}</span>
        </Button>
      </div>
      <ConfirmDialog
        open={asks}
        onOpenChange={setAsks}
        title={`Delete ${name}?`}
        goes={goes}
        stays={stays}
        typeName={name}
        confirmLabel={`Delete ${name}`}
        pending={destroy.isPending}
        error={destroy.error?.message}
        onConfirm={() => {
          destroy.mutate(
            { id, name },
            {
              onSuccess: () => {
                setAsks(false);
                toast.success(`${name} is deleted.`);
                router.replace(next);
                router.refresh();
              },
            },
          );
        }}
      />
    </Card>
  );
}
