"use client";
// One line of text, as typed by a person.
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { useKeepTyped } from "./keep-typed";

export const inputStyle =
  "w-full min-w-0 rounded-md border border-line-strong bg-surface px-2.5 text-body text-text placeholder:text-muted transition-colors duration-100 hover:border-text/50 focus-visible:outline-offset-0 aria-invalid:border-bad disabled:cursor-not-allowed disabled:bg-sunken disabled:text-muted";

export interface InputProps extends ComponentProps<"input"> {
  /** For addresses, ids and keys. */
  mono?: boolean;
}

export function Input({ className, mono = false, ref, ...rest }: InputProps) {
  return (
    <input
      ref={useKeepTyped(ref)}
      className={cn(inputStyle, "h-9", mono && "font-mono text-table", className)}
      {...rest}
    />
  );
}
