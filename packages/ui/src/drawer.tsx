"use client";
// A panel from the side: the rail on a phone, details beside a list.
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { focusWhole } from "./focus-whole";
import { IconButton } from "./icon-button";

export interface DrawerProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  side?: "left" | "right";
  children: ReactNode;
  className?: string;
}

export function Drawer({ open, onOpenChange, title, side = "left", children, className }: DrawerProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-shade data-[state=open]:animate-in data-[state=open]:fade-in" />
        <Radix.Content
          onOpenAutoFocus={focusWhole}
          aria-describedby={undefined}
          className={cn(
            "fixed inset-y-0 z-50 outline-none flex w-72 max-w-[85vw] flex-col bg-surface data-[state=open]:animate-in",
            side === "left"
              ? "left-0 border-r data-[state=open]:slide-in-from-left"
              : "right-0 border-l data-[state=open]:slide-in-from-right",
            className,
          )}
        >
          <header className="flex h-12 shrink-0 items-center justify-between border-b px-4">
            <Radix.Title className="text-body font-semibold">{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton label="Close" icon={<X />} />
            </Radix.Close>
          </header>
          <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
