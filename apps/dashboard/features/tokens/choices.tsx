// Several of a few, under one heading, with what is wrong with them.
import type { ReactNode } from "react";

export function Choices({
  legend,
  error,
  children,
}: {
  legend: string;
  error: string | undefined;
  children: ReactNode;
}) {
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-body font-medium">{legend}</legend>
      {children}
      {error !== undefined && (
        <p role="alert" className="text-meta text-bad">
          {error}
        </p>
      )}
    </fieldset>
  );
}
