"use client";
// A small panel that opens from a button.
import { Popover as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export const Popover = Radix.Root;
export const PopoverTrigger = Radix.Trigger;

export function PopoverContent({ className, sideOffset = 6, ...rest }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content {...rest} sideOffset={sideOffset} collisionPadding={8} className={cn("z-60 w-80 max-w-[calc(100vw-16px)] rounded-md border border-line bg-raised p-3 text-sm", className)} />
    </Radix.Portal>
  );
}
