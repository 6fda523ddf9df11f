// A small word beside a name: a role, a count, a default.
import type { ComponentProps } from "react";
import { cn } from "./cn";

export function Badge({ className, ...rest }: ComponentProps<"span">) {
  return <span {...rest} className={cn("inline-flex items-center gap-1 rounded-sm border border-line px-1.5 py-px text-xs whitespace-nowrap text-fg-muted", className)} />;
}
