"use client";
// What can be done with one thing, behind a button.
import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

export interface MenuProps {
  /** One button. */
  trigger: ReactNode;
  children: ReactNode;
  align?: "start" | "end";
  side?: "top" | "bottom" | "right";
  className?: string;
}

export function Menu({ trigger, children, align = "end", side = "bottom", className }: MenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content align={align} side={side} sideOffset={4} collisionPadding={8} className={cn("z-50 max-w-80 min-w-44 rounded-md border bg-raised p-1 shadow-lg", className)}>{children}</Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

const item = "flex min-h-8 cursor-pointer items-center gap-2 rounded-sm px-2 py-1 text-body outline-none select-none data-[highlighted]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0";

export interface MenuItemProps extends ComponentProps<typeof Radix.Item> {
  danger?: boolean;
  /** Why it cannot be chosen now; shown under its words, since a menu has no room for tooltips. */
  disabledReason?: string | undefined;
}

export function MenuItem({ danger = false, disabledReason, className, children, onSelect, asChild, ...rest }: MenuItemProps) {
  if (disabledReason !== undefined) {
    // Not `disabled`: the arrow keys have to reach it, or the reason could not be heard.
    return (
      <Radix.Item aria-disabled className={cn(item, "cursor-not-allowed items-start text-muted", className)} onSelect={(event) => { event.preventDefault(); }} {...rest}>
        <span>{children}<span className="block text-meta">{disabledReason}</span></span>
      </Radix.Item>
    );
  }
  return <Radix.Item className={cn(item, danger && "text-bad data-[highlighted]:bg-bad-soft", className)} {...(onSelect ? { onSelect } : {})} {...(asChild ? { asChild } : {})} {...rest}>{children}</Radix.Item>;
}

export interface MenuChoiceProps {
  value: string;
  onValueChange: (value: string) => void;
  options: readonly { value: string; label: ReactNode }[];
}

export function MenuChoice({ value, onValueChange, options }: MenuChoiceProps) {
  return (
    <Radix.RadioGroup value={value} onValueChange={onValueChange}>
      {options.map((option) => (
        <Radix.RadioItem key={option.value} value={option.value} className={item} onSelect={(event) => { event.preventDefault(); }}>
          <span className="flex flex-1 items-center gap-2">{option.label}</span>
          <Radix.ItemIndicator><Check aria-hidden /></Radix.ItemIndicator>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2 py-1 text-meta text-muted">{children}</Radix.Label>;
}

export function MenuSeparator() {
  return <Radix.Separator className="my-1 h-px bg-line" />;
}
