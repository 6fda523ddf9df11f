"use client";
// One of a few, each with room to say what it is.
import { RadioGroup } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";

export interface RadioCard {
  value: string;
  title: ReactNode;
  body?: ReactNode;
  disabledReason?: string | undefined;
  /** What it is called when its title is not plain text. */
  label?: string;
}

interface RadioCardsProps {
  label: string;
  value: string;
  onValueChange: (value: string) => void;
  cards: readonly RadioCard[];
  className?: string;
}

export function RadioCards({ label, value, onValueChange, cards, className }: RadioCardsProps) {
  return (
    <RadioGroup.Root aria-label={label} value={value} onValueChange={onValueChange} className={cn("grid gap-2 sm:grid-cols-2", className)}>
      {cards.map((card) => (
        <RadioGroup.Item
          key={card.value}
          value={card.value}
          disabled={card.disabledReason !== undefined}
          aria-label={card.label}
          className="flex flex-col items-stretch gap-1 rounded-md border border-line bg-raised p-3 text-left hover:bg-hover disabled:cursor-not-allowed disabled:opacity-60 data-[state=checked]:border-accent data-[state=checked]:ring-1 data-[state=checked]:ring-accent"
        >
          <span className="text-sm font-medium">{card.title}</span>
          {card.body !== undefined && <span className="text-xs text-fg-muted">{card.body}</span>}
          {card.disabledReason !== undefined && <span className="text-xs text-bad">{card.disabledReason}</span>}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
