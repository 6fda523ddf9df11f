"use client";
// A menu that opens from a button.
import { DropdownMenu as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export const DropdownMenu = Radix.Root;
export const DropdownMenuTrigger = Radix.Trigger;

export function DropdownMenuContent({ className, sideOffset = 4, ...rest }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content {...rest} sideOffset={sideOffset} collisionPadding={8} className={cn("z-60 min-w-44 rounded-md border border-line bg-raised p-1", className)} />
    </Radix.Portal>
  );
}

export function DropdownMenuItem({ className, variant = "default", ...rest }: ComponentProps<typeof Radix.Item> & { variant?: "default" | "danger" }) {
  return <Radix.Item {...rest} className={cn("flex min-h-8 items-center gap-2 rounded-sm px-2 py-1 text-sm outline-none select-none data-disabled:opacity-55 data-highlighted:bg-hover [&_svg]:size-4", variant === "danger" && "text-bad", className)} />;
}

export function DropdownMenuLabel({ className, ...rest }: ComponentProps<typeof Radix.Label>) {
  return <Radix.Label {...rest} className={cn("px-2 py-1 text-xs text-fg-muted", className)} />;
}

export function DropdownMenuSeparator({ className, ...rest }: ComponentProps<typeof Radix.Separator>) {
  return <Radix.Separator {...rest} className={cn("my-1 h-px bg-line", className)} />;
}
