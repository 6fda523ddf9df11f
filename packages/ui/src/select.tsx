"use client";
// One of a list, in a menu of its own.
import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { inputStyle } from "./input";

export interface SelectOption {
  value: string;
  label: ReactNode;
  hint?: ReactNode;
  /** Why it cannot be chosen. */
  disabledReason?: string | undefined;
}

interface SelectProps {
  value: string;
  onValueChange: (value: string) => void;
  options: readonly SelectOption[];
  placeholder?: string;
  className?: string;
  id?: string;
  disabled?: boolean;
  "aria-label"?: string;
  "aria-invalid"?: boolean;
  "aria-describedby"?: string;
}

export function Select({ value, onValueChange, options, placeholder = "Choose…", className, disabled = false, ...aria }: SelectProps) {
  return (
    <Radix.Root value={value} onValueChange={onValueChange} disabled={disabled}>
      <Radix.Trigger {...aria} className={cn(inputStyle, "flex h-9 items-center justify-between gap-2 text-left data-placeholder:text-fg-muted", className)}>
        <span className="truncate"><Radix.Value placeholder={placeholder} /></span>
        <Radix.Icon><ChevronDown aria-hidden className="size-4 text-fg-muted" /></Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content position="popper" sideOffset={4} className="z-60 max-h-80 min-w-(--radix-select-trigger-width) overflow-hidden rounded-md border border-line bg-raised">
          <Radix.Viewport className="p-1">
            {options.map(({ value: option, label, hint, disabledReason }) => (
              <Radix.Item key={option} value={option} disabled={disabledReason !== undefined} className="flex min-h-8 items-center gap-2 rounded-sm px-2 py-1 text-sm outline-none data-disabled:opacity-60 data-highlighted:bg-hover">
                <span className="flex min-w-0 flex-1 flex-col">
                  <Radix.ItemText>{label}</Radix.ItemText>
                  {(disabledReason ?? hint) && <span className="text-xs text-fg-muted">{disabledReason ?? hint}</span>}
                </span>
                <Radix.ItemIndicator><Check aria-hidden className="size-4" /></Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
