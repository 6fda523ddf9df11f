// A key.
import type { ReactNode } from "react";

export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className="rounded-sm border border-line px-1 font-mono text-[11px] leading-4 text-fg-muted">{children}</kbd>;
}
