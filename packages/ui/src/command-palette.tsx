"use client";
// Everything by name: type, arrow, Enter.
import { Command } from "cmdk";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";

export interface PaletteItem {
  id: string;
  group: string;
  title: string;
  hint?: string;
  icon?: ReactNode;
  onSelect: () => void;
}

export function CommandPalette({ open, onOpenChange, items }: { open: boolean; onOpenChange: (open: boolean) => void; items: readonly PaletteItem[] }) {
  const groups = [...new Set(items.map(({ group }) => group))];
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 bg-overlay" />
        <Radix.Content aria-describedby={undefined} className="fixed top-[12vh] left-1/2 z-50 w-[calc(100vw-32px)] max-w-xl -translate-x-1/2 overflow-hidden rounded-md border border-line bg-raised">
          <Radix.Title className="sr-only">Search</Radix.Title>
          <Command label="Search">
            <Command.Input placeholder="Container, template, node, page…" className="h-11 w-full border-b border-line bg-transparent px-4 text-sm outline-none" />
            <Command.List className="max-h-[50vh] overflow-y-auto p-1">
              <Command.Empty className="p-6 text-center text-sm text-fg-muted">Nothing of that name.</Command.Empty>
              {groups.map((group) => (
                <Command.Group key={group} heading={group} className="text-sm [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-fg-muted">
                  {items.filter((item) => item.group === group).map(({ id, title, hint, icon, onSelect }) => (
                    <Command.Item key={id} value={`${title} ${hint ?? ""} ${id}`} onSelect={() => { onOpenChange(false); onSelect(); }} className="flex min-h-9 items-center gap-2 rounded-sm px-2 data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:text-fg-muted">
                      {icon}
                      <span className="truncate">{title}</span>
                      {hint !== undefined && <span className="ml-auto truncate text-xs text-fg-muted">{hint}</span>}
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
