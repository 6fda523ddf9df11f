// Several lines of text: keys, scripts, notes.
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { inputStyle } from "./input";

export interface TextareaProps extends ComponentProps<"textarea"> {
  mono?: boolean;
}

export function Textarea({ className, mono = false, rows = 4, ...rest }: TextareaProps) {
  return <textarea rows={rows} spellCheck={!mono} className={cn(inputStyle, "py-2", mono && "font-mono text-meta", className)} {...rest} />;
}
