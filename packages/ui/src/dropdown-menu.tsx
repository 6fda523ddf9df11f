"use client";
// What can be done with one thing, behind a button.
import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Not modal: the page behind keeps scrolling, and nothing jumps when a scrollbar goes. */
export function DropdownMenu(props: ComponentProps<typeof Radix.Root>) {
  return <Radix.Root modal={false} {...props} />;
}

export const DropdownMenuTrigger = Radix.Trigger;
export const DropdownMenuRadioGroup = Radix.RadioGroup;

export function DropdownMenuContent({
  className,
  sideOffset = 4,
  align = "end",
  ...rest
}: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        align={align}
        sideOffset={sideOffset}
        collisionPadding={8}
        className={cn("z-50 max-w-80 min-w-44 rounded-md border bg-raised p-1 shadow-lg", className)}
        {...rest}
      />
    </Radix.Portal>
  );
}

const item =
  "flex min-h-8 cursor-pointer items-center gap-2 rounded-sm px-2 py-1 text-body outline-none select-none data-[highlighted]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0";

export interface DropdownMenuItemProps extends ComponentProps<typeof Radix.Item> {
  variant?: "default" | "danger";
  /** Why it cannot be chosen now; shown under its words, since a menu has no room for tooltips. */
  disabledReason?: string | undefined;
}

export function DropdownMenuItem({
  variant = "default",
  disabledReason,
  className,
  children,
  onSelect,
  ...rest
}: DropdownMenuItemProps) {
  if (disabledReason !== undefined) {
    // Not `disabled`: the arrow keys have to reach it, or the reason could not be heard.
    return (
      <Radix.Item
        aria-disabled
        className={cn(item, "cursor-not-allowed flex-wrap gap-y-0 text-muted", className)}
        onSelect={(event) => {
          event.preventDefault();
        }}
      >
        {children}
        <span className="basis-full pb-1 text-meta">{disabledReason}</span>
      </Radix.Item>
    );
  }
  return (
    <Radix.Item
      className={cn(item, variant === "danger" && "text-bad data-[highlighted]:bg-bad-soft", className)}
      {...(onSelect ? { onSelect } : {})}
      {...rest}
    >
      {children}
    </Radix.Item>
  );
}

export function DropdownMenuRadioItem({ className, children, ...rest }: ComponentProps<typeof Radix.RadioItem>) {
  return (
    <Radix.RadioItem className={cn(item, className)} {...rest}>
      <span className="flex min-w-0 flex-1 items-center gap-2">{children}</span>
      <Radix.ItemIndicator>
        <Check aria-hidden />
      </Radix.ItemIndicator>
    </Radix.RadioItem>
  );
}

export function DropdownMenuLabel({ className, ...rest }: ComponentProps<typeof Radix.Label>) {
  return <Radix.Label className={cn("px-2 py-1 text-meta text-muted", className)} {...rest} />;
}

export function DropdownMenuSeparator({ className, ...rest }: ComponentProps<typeof Radix.Separator>) {
  return <Radix.Separator className={cn("my-1 h-px bg-line", className)} {...rest} />;
}
