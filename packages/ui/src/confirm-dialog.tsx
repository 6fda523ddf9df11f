"use client";
// Asks before something that hurts: names the target, what goes and what stays; for data loss the name is typed.
import { useState, type ReactNode } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Field } from "./field";
import { Input } from "./input";

interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  goes?: readonly ReactNode[];
  stays?: readonly ReactNode[];
  /** What has to be typed before it can be confirmed. */
  typeName?: string | undefined;
  confirm: string;
  danger?: boolean;
  busy?: boolean;
  error?: string | undefined;
  onConfirm: () => void;
}

export function ConfirmDialog({ open, onOpenChange, title, description, goes = [], stays = [], typeName, confirm, danger = false, busy = false, error, onConfirm }: ConfirmDialogProps) {
  const [typed, setTyped] = useState("");
  const missing = typeName !== undefined && typed !== typeName ? `Type ${typeName} first.` : undefined;
  const close = (next: boolean): void => {
    setTyped("");
    onOpenChange(next);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={() => { close(false); }}>Cancel</Button>
          <Button variant={danger ? "danger" : "primary"} busy={busy} disabledReason={missing} onClick={onConfirm}>{confirm}</Button>
        </>
      }
    >
      {(goes.length > 0 || stays.length > 0) && (
        <div className="grid gap-3 text-sm sm:grid-cols-2">
          <Listed title="What goes" items={goes} />
          <Listed title="What stays" items={stays} />
        </div>
      )}
      {typeName !== undefined && (
        <Field label={<>Type <span className="font-mono">{typeName}</span> to confirm</>}>
          <Input value={typed} autoComplete="off" spellCheck={false} onChange={(event) => { setTyped(event.target.value); }} onKeyDown={(event) => { if (event.key === "Enter" && missing === undefined && !busy) onConfirm(); }} />
        </Field>
      )}
      {error !== undefined && <p role="alert" className="text-sm text-bad">{error}</p>}
    </Dialog>
  );
}

function Listed({ title, items }: { title: string; items: readonly ReactNode[] }) {
  if (items.length === 0) return null;
  return (
    <div>
      <p className="mb-1 text-xs font-medium text-fg-muted">{title}</p>
      <ul className="list-disc pl-4">{items.map((item, index) => <li key={index}>{item}</li>)}</ul>
    </div>
  );
}
