"use client";
// A choice of yes or no, with its words beside it.
import { Check } from "lucide-react";
import { Checkbox as Radix } from "radix-ui";
import { useId, type ReactNode } from "react";
import { cn } from "./cn";

interface CheckboxProps {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  label: ReactNode;
  hint?: ReactNode;
  disabledReason?: string | undefined;
  className?: string;
}

export function Checkbox({ checked, onCheckedChange, label, hint, disabledReason, className }: CheckboxProps) {
  const id = useId();
  const told = disabledReason ?? hint;
  return (
    <div className={cn("flex items-start gap-2.5", className)}>
      <Radix.Root
        id={id}
        checked={checked}
        onCheckedChange={(next) => { onCheckedChange(next === true); }}
        disabled={disabledReason !== undefined}
        aria-describedby={told === undefined ? undefined : `${id}-hint`}
        className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-sm border border-line-strong bg-raised disabled:opacity-55 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
      >
        <Radix.Indicator><Check aria-hidden className="size-3 text-on-accent" strokeWidth={3} /></Radix.Indicator>
      </Radix.Root>
      <div className="min-w-0">
        <label htmlFor={id} className="text-sm">{label}</label>
        {told !== undefined && <p id={`${id}-hint`} className="text-xs text-fg-muted">{told}</p>}
      </div>
    </div>
  );
}
