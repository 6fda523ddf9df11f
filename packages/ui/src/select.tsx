"use client";
// One choice of a few.
import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { inputStyle } from "./input";

interface SelectOption<Value extends string = string> {
  value: Value;
  label: ReactNode;
  /** A second, quieter line. */
  hint?: ReactNode;
  /** Why it cannot be chosen. */
  disabledReason?: string | undefined;
}

export interface SelectProps<Value extends string = string> {
  value: Value | undefined;
  onValueChange: (value: Value) => void;
  options: readonly SelectOption<Value>[];
  placeholder?: string;
  id?: string | undefined;
  className?: string;
  disabled?: boolean;
  "aria-label"?: string;
  "aria-describedby"?: string | undefined;
  "aria-invalid"?: boolean | undefined;
}

export function Select<Value extends string = string>({
  value,
  onValueChange,
  options,
  placeholder = "Choose",
  className,
  disabled = false,
  ...trigger
}: SelectProps<Value>) {
  return (
    // Radix answers with one of our options' values, or with "" when the value it had is gone.
    <Radix.Root
      value={value ?? ""}
      onValueChange={(chosen) => {
        if (chosen !== "") onValueChange(chosen as Value);
      }}
      disabled={disabled}
    >
      <Radix.Trigger
        className={cn(
          inputStyle,
          "flex h-9 items-center justify-between gap-2 text-left data-[placeholder]:text-muted [&>span]:truncate",
          className,
        )}
        {...trigger}
      >
        <Radix.Value placeholder={placeholder}>{options.find((option) => option.value === value)?.label}</Radix.Value>
        <Radix.Icon>
          <ChevronDown aria-hidden className="size-4 text-muted" />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          className="z-60 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) overflow-hidden rounded-md border bg-raised p-1 shadow-lg"
        >
          <Radix.Viewport>
            {options.map(({ value: one, label, hint, disabledReason }) => (
              <Radix.Item
                key={one}
                value={one}
                disabled={disabledReason !== undefined}
                className="flex cursor-pointer items-start gap-2 rounded-sm py-1.5 pr-3 pl-2 text-body outline-none select-none data-[disabled]:cursor-not-allowed data-[disabled]:text-muted data-[highlighted]:bg-hover"
              >
                <span className="mt-0.5 size-4 shrink-0">
                  <Radix.ItemIndicator>
                    <Check aria-hidden className="size-4" />
                  </Radix.ItemIndicator>
                </span>
                <span>
                  <Radix.ItemText>{label}</Radix.ItemText>
                  {(disabledReason ?? hint) !== undefined && (
                    <span className="block text-meta text-muted">{disabledReason ?? hint}</span>
                  )}
                </span>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
