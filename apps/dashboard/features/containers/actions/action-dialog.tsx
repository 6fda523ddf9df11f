"use client";
// The question before an action that hurts.
import { ConfirmDialog } from "@homeport/ui/confirm-dialog";
import { confirmationOf, type ActionTarget } from "./action-text";
import type { Action } from "./use-action";

export function ActionDialog({ action, container }: { action: Action; container: ActionTarget }) {
  const asked = action.asking && confirmationOf(action.asking, container);
  if (!asked) return null;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => {
        if (!open) action.dismiss();
      }}
      title={asked.title}
      description={asked.text}
      goes={asked.goes}
      stays={asked.stays}
      confirmLabel={asked.button}
      typeName={asked.typed}
      danger={asked.danger}
      pending={action.pending !== undefined}
      error={action.error}
      onConfirm={action.confirm}
    />
  );
}
