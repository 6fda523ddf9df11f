// A bordered area, and its heading.
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

export function Card({ className, ...rest }: ComponentProps<"section">) {
  return <section {...rest} className={cn("min-w-0 rounded-md border border-line bg-raised", className)} />;
}

export function CardHeader({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <header className="flex min-h-11 flex-wrap items-center justify-between gap-2 border-b border-line px-4 py-2">
      <h2 className="text-sm font-semibold">{title}</h2>
      {children}
    </header>
  );
}
