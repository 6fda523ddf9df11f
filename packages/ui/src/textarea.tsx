// Several lines of text.
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { inputStyle } from "./input";

export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea {...rest} className={cn(inputStyle, "min-h-20 py-2", className)} />;
}
