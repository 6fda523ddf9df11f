"use client";
// A label, a control, a hint and an error, wired together for those who see them and those who hear them.
import { CircleAlert } from "lucide-react";
import { useId, type ReactNode } from "react";
import { cn } from "./cn";

export interface FieldControl {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean | undefined;
}

export interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  /** In words that say how to mend it. */
  error?: string | undefined;
  optional?: boolean;
  className?: string;
  /** Spread what it is given onto the control: `<Field label="Host">{(control) => <Input {...control} />}</Field>`. */
  children: (control: FieldControl) => ReactNode;
}

export function Field({ label, hint, error, optional = false, className, children }: FieldProps) {
  const id = useId();
  // An error that says what the hint says takes its place.
  const hinted = hint !== undefined && hint !== error;
  const described = [!hinted ? "" : `${id}-hint`, error === undefined ? "" : `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className={cn("min-w-0", className)}>
      <div className="mb-1 flex items-baseline gap-2">
        <label htmlFor={id} className="text-body font-medium">
          {label}
        </label>
        {optional && <span className="text-meta text-muted">optional</span>}
      </div>
      {children({
        id,
        "aria-describedby": described === "" ? undefined : described,
        "aria-invalid": error === undefined ? undefined : true,
      })}
      {hinted && (
        <p id={`${id}-hint`} className="mt-1 text-meta text-muted">
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} role="alert" className="mt-1 flex gap-1.5 text-meta text-bad">
          <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
          <span className="min-w-0 break-words">{error}</span>
        </p>
      )}
    </div>
  );
}
