"use client";
// The text of a script before it is tried again, with what differs from the template's on demand.
import { Checkbox } from "@homeport/ui/checkbox";
import { Button } from "@homeport/ui/button";
import { Skeleton, SkeletonGroup } from "@homeport/ui/skeleton";
import { RotateCcw } from "lucide-react";
import dynamic from "next/dynamic";
import { useId, useState } from "react";

const CodeEditor = dynamic(() => import("./code-editor").then((loaded) => loaded.CodeEditor), {
  ssr: false,
  loading: () => (
    <SkeletonGroup label="Loading the editor" className="h-full bg-sunken p-3">
      <Skeleton className="mb-2 h-4 w-2/3" />
      <Skeleton className="mb-2 h-4 w-1/2" />
      <Skeleton className="h-4 w-3/5" />
    </SkeletonGroup>
  ),
});

interface Props {
  title: string;
  script: string;
  original: string;
  error: string | undefined;
  onChange: (script: string) => void;
}

export function ScriptEdit({ title, script, original, error, onChange }: Props) {
  const [compares, setCompares] = useState(script !== original);
  /** Counted up to begin the editor anew with the template's text. */
  const [fresh, setFresh] = useState(0);
  const id = useId();
  const changed = script !== original;
  return (
    <div className="flex h-full min-h-0 flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <Checkbox checked={compares} onCheckedChange={setCompares} label="Show changes against the template" />
        <Button
          size="sm"
          variant="ghost"
          disabledReason={changed ? undefined : "It is the template's text."}
          onClick={() => {
            onChange(original);
            setFresh(fresh + 1);
          }}
        >
          <RotateCcw aria-hidden />
          Back to the template's
        </Button>
      </div>
      <div className="min-h-60 flex-1 overflow-hidden rounded-md border">
        <CodeEditor
          key={fresh}
          label={`Script of ${title}`}
          text={script}
          onChange={onChange}
          against={compares ? original : undefined}
          describedBy={error === undefined ? `${id}-hint` : `${id}-error`}
          invalid={error !== undefined}
        />
      </div>
      {error === undefined ? (
        <p id={`${id}-hint`} className="text-meta text-muted">
          It runs as root inside the container, from its first line. Only this run uses the changed text; the template
          stays as it is.
        </p>
      ) : (
        <p id={`${id}-error`} role="alert" className="text-table text-bad">
          {error}
        </p>
      )}
    </div>
  );
}
