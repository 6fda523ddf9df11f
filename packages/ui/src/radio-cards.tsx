"use client";
// One choice of a few, each with room to say what it means.
import { RadioGroup } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";

export interface RadioCard<Value extends string = string> {
  value: Value;
  title: ReactNode;
  description?: ReactNode;
  icon?: ReactNode;
  /** To the right of the title: a badge, a number. */
  aside?: ReactNode;
  disabledReason?: string | undefined;
}

export interface RadioCardsProps<Value extends string = string> {
  value: Value | undefined;
  onValueChange: (value: Value) => void;
  options: readonly RadioCard<Value>[];
  "aria-label"?: string;
  "aria-labelledby"?: string;
  "aria-describedby"?: string | undefined;
  className?: string;
}

export function RadioCards<Value extends string = string>({ value, onValueChange, options, className, ...rest }: RadioCardsProps<Value>) {
  return (
    // Radix answers with one of our options' values.
    <RadioGroup.Root value={value ?? ""} onValueChange={(chosen) => { onValueChange(chosen as Value); }} className={cn("grid gap-2 sm:grid-cols-2", className)} {...rest}>
      {options.map(({ value: one, title, description, icon, aside, disabledReason }) => (
        <RadioGroup.Item key={one} value={one} disabled={disabledReason !== undefined} className="flex min-h-11 items-start gap-3 rounded-md border bg-surface p-3 text-left transition-colors hover:not-data-[disabled]:bg-hover data-[disabled]:cursor-not-allowed data-[disabled]:opacity-60 data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft">
          <span aria-hidden className={cn("mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border", value === one ? "border-accent" : "border-line-strong")}>
            <RadioGroup.Indicator className="size-2 rounded-full bg-accent" />
          </span>
          <span className="min-w-0 flex-1">
            <span className="flex items-center gap-2 font-medium [&_svg]:size-4">
              {icon}
              <span className="min-w-0 flex-1 break-words">{title}</span>
              {aside}
            </span>
            {(disabledReason ?? description) !== undefined && <span className="mt-0.5 block text-table text-muted">{disabledReason ?? description}</span>}
          </span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
