"use client";
// Yes or no, with its words beside it.
import { Check, Minus } from "lucide-react";
import { Checkbox as Radix } from "radix-ui";
import { useId, type ReactNode } from "react";
import { cn } from "./cn";

export interface CheckboxProps {
  checked: boolean | "indeterminate";
  onCheckedChange: (checked: boolean) => void;
  label: ReactNode;
  hint?: ReactNode;
  disabledReason?: string | undefined;
  className?: string;
}

export function Checkbox({ checked, onCheckedChange, label, hint, disabledReason, className }: CheckboxProps) {
  const id = useId();
  const note = disabledReason ?? hint;
  return (
    <div className={cn("flex items-start gap-2.5", className)}>
      <Radix.Root
        id={id}
        checked={checked}
        onCheckedChange={(next) => {
          onCheckedChange(next === true);
        }}
        disabled={disabledReason !== undefined}
        {...(note === undefined ? {} : { "aria-describedby": `${id}-note` })}
        className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-sm border border-line-strong bg-surface data-[disabled]:opacity-55 data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=checked]:text-on-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent data-[state=indeterminate]:text-on-accent"
      >
        <Radix.Indicator>
          {checked === "indeterminate" ? (
            <Minus aria-hidden className="size-3" />
          ) : (
            <Check aria-hidden className="size-3" strokeWidth={3} />
          )}
        </Radix.Indicator>
      </Radix.Root>
      <div className="min-w-0">
        <label htmlFor={id} className="block cursor-pointer text-body">
          {label}
        </label>
        {note !== undefined && (
          <p id={`${id}-note`} className="text-meta text-muted">
            {note}
          </p>
        )}
      </div>
    </div>
  );
}
