"use client";
// Everything by its name: open, type, Enter.
import { Command } from "cmdk";
import { Search } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";

interface PaletteItem {
  id: string;
  label: string;
  /** To the right, in grey. */
  hint?: string | undefined;
  icon?: ReactNode;
  /** Also found by these words. */
  keywords?: string[];
  onSelect: () => void;
}

export interface CommandPaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  label: string;
  placeholder: string;
  groups: readonly { heading: string; items: readonly PaletteItem[] }[];
}

export function CommandPalette({ open, onOpenChange, label, placeholder, groups }: CommandPaletteProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-shade" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed inset-x-3 top-[10vh] z-50 mx-auto max-w-xl overflow-hidden rounded-md border bg-raised shadow-xl"
        >
          <Radix.Title className="sr-only">{label}</Radix.Title>
          <Command label={label} loop>
            <div className="flex items-center gap-2 border-b px-3">
              <Search aria-hidden className="size-4 shrink-0 text-muted" />
              <Command.Input
                placeholder={placeholder}
                className="h-11 w-full bg-transparent text-body outline-none placeholder:text-muted"
              />
            </div>
            <Command.List className="max-h-[60vh] overflow-y-auto p-1">
              <Command.Empty className="px-3 py-6 text-center text-muted">Nothing has this name.</Command.Empty>
              {groups
                .filter(({ items }) => items.length > 0)
                .map(({ heading, items }) => (
                  <Command.Group
                    key={heading}
                    heading={heading}
                    className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-meta [&_[cmdk-group-heading]]:text-muted"
                  >
                    {items.map((item) => (
                      <Command.Item
                        key={item.id}
                        value={item.id}
                        keywords={[item.label, ...(item.keywords ?? [])]}
                        onSelect={item.onSelect}
                        className="flex h-9 cursor-pointer items-center gap-2 rounded-sm px-2 text-body data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted"
                      >
                        {item.icon}
                        <span className="min-w-0 truncate">{item.label}</span>
                        {item.hint !== undefined && (
                          <span className="ml-auto shrink-0 text-meta text-muted">{item.hint}</span>
                        )}
                      </Command.Item>
                    ))}
                  </Command.Group>
                ))}
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
