"use client";
// A secret that can be written and never read: says that it is set, and since when.
import { Button } from "@homeport/ui/button";
import { RelativeTime } from "@homeport/ui/relative-time";
import type { ReactNode } from "react";

export interface SecretFieldProps {
  label: string;
  /** When it was set; null when it is not. */
  setAt: Date | null;
  replacing: boolean;
  onReplace: (replacing: boolean) => void;
  children: ReactNode;
}

/** `children`: the input for a new one, shown when there is none or it is being replaced. */
export function SecretField({ label, setAt, replacing, onReplace, children }: SecretFieldProps) {
  if (setAt === null) return children;
  if (replacing)
    return (
      <div>
        {children}
        <Button
          size="sm"
          className="mt-2"
          onClick={() => {
            onReplace(false);
          }}
        >
          Keep the old one
        </Button>
      </div>
    );
  return (
    <div>
      <p className="mb-1 font-medium">{label}</p>
      <div className="flex min-h-9 flex-wrap items-center justify-between gap-2 rounded-md border bg-sunken px-2.5 py-1">
        <span className="text-muted">
          Set <RelativeTime at={setAt} />, never shown
        </span>
        <Button
          size="sm"
          onClick={() => {
            onReplace(true);
          }}
          aria-label={`Replace ${label}`}
        >
          Replace
        </Button>
      </div>
    </div>
  );
}
