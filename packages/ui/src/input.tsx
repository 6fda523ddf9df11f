// A line of text.
import type { ComponentProps } from "react";
import { cn } from "./cn";

export const inputStyle = "w-full min-w-0 rounded-md border border-line-strong/60 bg-raised px-3 text-sm text-fg placeholder:text-fg-muted/80 focus-visible:outline-offset-0 disabled:opacity-55 aria-invalid:border-bad";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input {...rest} className={cn(inputStyle, "h-9", className)} />;
}
