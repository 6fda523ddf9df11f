"use client";
// On or off, in force at once.
import { Switch as Radix } from "radix-ui";
import { useId, type ReactNode } from "react";
import { cn } from "./cn";

export interface SwitchProps {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  label: ReactNode;
  hint?: ReactNode;
  disabledReason?: string | undefined;
  name?: string;
  className?: string;
}

export function Switch({ checked, onCheckedChange, label, hint, disabledReason, name, className }: SwitchProps) {
  const id = useId();
  const note = disabledReason ?? hint;
  return (
    <div className={cn("flex items-start justify-between gap-4", className)}>
      <div className="min-w-0">
        <label htmlFor={id} className="block cursor-pointer text-body">{label}</label>
        {note !== undefined && <p id={`${id}-note`} className="text-meta text-muted">{note}</p>}
      </div>
      <Radix.Root id={id} checked={checked} onCheckedChange={onCheckedChange} disabled={disabledReason !== undefined} {...(name === undefined ? {} : { name })} {...(note === undefined ? {} : { "aria-describedby": `${id}-note` })} className="h-5 w-9 shrink-0 rounded-full border border-line-strong bg-sunken p-px transition-colors data-[disabled]:opacity-55 data-[state=checked]:border-accent data-[state=checked]:bg-accent">
        <Radix.Thumb className="block size-4 rounded-full bg-line-strong transition-transform data-[state=checked]:translate-x-4 data-[state=checked]:bg-on-accent" />
      </Radix.Root>
    </div>
  );
}
