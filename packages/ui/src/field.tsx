"use client";
// A form field: label, hint and error wired to the control for the eye and the screen reader.
import { cloneElement, useId, type ReactElement, type ReactNode } from "react";
import { cn } from "./cn";

interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  className?: string;
  /** One control that takes `id`, `aria-invalid` and `aria-describedby`. */
  children: ReactElement<{ id?: string; "aria-invalid"?: boolean; "aria-describedby"?: string }>;
}

export function Field({ label, hint, error, optional = false, className, children }: FieldProps) {
  const own = useId();
  const id = children.props.id ?? own;
  const described = [error === undefined ? undefined : `${id}-error`, hint === undefined ? undefined : `${id}-hint`].filter(Boolean).join(" ");
  return (
    <div className={cn("flex min-w-0 flex-col gap-1.5", className)}>
      <label htmlFor={id} className="text-[13px] font-medium">
        {label}
        {optional && <span className="ml-1.5 font-normal text-fg-muted">optional</span>}
      </label>
      {cloneElement(children, { id, "aria-invalid": error !== undefined, ...(described === "" ? {} : { "aria-describedby": described }) })}
      {error !== undefined && <p id={`${id}-error`} role="alert" className="text-xs text-bad">{error}</p>}
      {hint !== undefined && <p id={`${id}-hint`} className="text-xs text-fg-muted">{hint}</p>}
    </div>
  );
}
