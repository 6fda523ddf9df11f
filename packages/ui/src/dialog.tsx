"use client";
// A question that has to be answered before going on.
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { focusWhole } from "./focus-whole";
import { IconButton } from "./icon-button";

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children?: ReactNode;
  footer?: ReactNode;
  className?: string;
  /** False: it cannot be closed without an answer, neither by Escape nor by a click beside it. */
  dismissible?: boolean;
}

const keepOpen = (event: Event): void => {
  event.preventDefault();
};

export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  className,
  dismissible = true,
}: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-shade data-[state=open]:animate-in data-[state=open]:fade-in" />
        <Radix.Content
          onOpenAutoFocus={focusWhole}
          {...(dismissible ? {} : { onEscapeKeyDown: keepOpen, onInteractOutside: keepOpen })}
          {...(description === undefined ? { "aria-describedby": undefined } : {})}
          className={cn(
            "fixed inset-x-3 bottom-3 outline-none z-50 mx-auto flex max-h-[calc(100dvh-24px)] max-w-lg flex-col rounded-md border bg-raised shadow-xl sm:top-[12vh] sm:bottom-auto sm:max-h-[80vh] data-[state=open]:animate-in data-[state=open]:fade-in",
            className,
          )}
        >
          <header className="flex items-start gap-3 px-4 pt-4">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-title font-semibold break-words">{title}</Radix.Title>
              {description !== undefined && (
                <Radix.Description className="mt-1 text-body text-muted">{description}</Radix.Description>
              )}
            </div>
            {dismissible && (
              <Radix.Close asChild>
                <IconButton label="Close" icon={<X />} size="sm" />
              </Radix.Close>
            )}
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
          {footer !== undefined && (
            <footer className="flex flex-wrap justify-end gap-2 border-t px-4 py-3">{footer}</footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
