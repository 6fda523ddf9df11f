"use client";
// Several lines of text: keys, scripts, notes.
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { inputStyle } from "./input";
import { useKeepTyped } from "./keep-typed";

export interface TextareaProps extends ComponentProps<"textarea"> {
  mono?: boolean;
}

export function Textarea({ className, mono = false, rows = 4, ref, ...rest }: TextareaProps) {
  return (
    <textarea
      ref={useKeepTyped(ref)}
      rows={rows}
      spellCheck={!mono}
      className={cn(inputStyle, "py-2", mono && "font-mono text-meta", className)}
      {...rest}
    />
  );
}
