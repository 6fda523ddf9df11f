"use client";
// Asked before something that hurts: names the target, lists what goes and what stays, and may want the name typed.
import { Check, Minus } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Field } from "./field";
import { Form } from "./form";
import { Input } from "./input";

export interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** "Destroy web-1?" */
  title: ReactNode;
  description?: ReactNode;
  goes?: readonly ReactNode[];
  stays?: readonly ReactNode[];
  /** Says what happens: "Destroy web-1". */
  confirmLabel: string;
  cancelLabel?: string;
  /** The name that has to be typed, where data is lost. */
  typeName?: string | undefined;
  danger?: boolean;
  pending?: boolean;
  error?: string | undefined;
  onConfirm: () => void;
  children?: ReactNode;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  // Mounted anew with each opening, so that a typed name does not stay.
  return props.open ? <Opened {...props} /> : null;
}

function Opened({
  onOpenChange,
  title,
  description,
  goes = [],
  stays = [],
  confirmLabel,
  cancelLabel = "Cancel",
  typeName,
  danger = true,
  pending = false,
  error,
  onConfirm,
  children,
}: ConfirmDialogProps) {
  const [typed, setTyped] = useState("");
  const reason = typeName !== undefined && typed.trim() !== typeName ? `Type ${typeName} to confirm.` : undefined;
  const confirm = (): void => {
    if (reason === undefined && !pending) onConfirm();
  };
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={title}
      description={description}
      footer={
        <>
          <Button
            onClick={() => {
              onOpenChange(false);
            }}
          >
            {cancelLabel}
          </Button>
          <Button variant={danger ? "danger" : "primary"} pending={pending} disabledReason={reason} onClick={confirm}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      <Form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          confirm();
        }}
      >
        <Consequences
          title="What goes"
          items={goes}
          icon={<Minus aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />}
        />
        <Consequences
          title="What stays"
          items={stays}
          icon={<Check aria-hidden className="mt-0.5 size-4 shrink-0 text-good" />}
        />
        {children}
        {typeName !== undefined && (
          <Field
            label={
              <>
                Type <code className="text-table">{typeName}</code> to confirm
              </>
            }
          >
            {(control) => (
              <Input
                {...control}
                mono
                autoComplete="off"
                autoFocus
                value={typed}
                onChange={(event) => {
                  setTyped(event.target.value);
                }}
              />
            )}
          </Field>
        )}
        {error !== undefined && (
          <p role="alert" className="text-table text-bad">
            {error}
          </p>
        )}
      </Form>
    </Dialog>
  );
}

function Consequences({ title, items, icon }: { title: string; items: readonly ReactNode[]; icon: ReactNode }) {
  if (items.length === 0) return null;
  return (
    <div>
      <h3 className="mb-1 text-meta font-medium text-muted">{title}</h3>
      <ul className="grid gap-1">
        {items.map((item, index) => (
          <li key={index} className="flex gap-2 text-body">
            {icon}
            <span className="min-w-0 break-words">{item}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
