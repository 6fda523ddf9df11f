"use client";
// A question that is answered in a few sentences.
import { Field } from "@homeport/ui/field";
import { Textarea } from "@homeport/ui/textarea";
import { useMemo, useState } from "react";
import { outcomeTitle } from "@/lib/requests/answer";
import type { ApiError } from "@/lib/trpc";
import { FormDialog } from "./form-dialog";

interface Props {
  title: string;
  description: string;
  label: string;
  hint?: string;
  optional?: boolean;
  /** On the button. */
  action: string;
  pending: boolean;
  error: ApiError | null;
  /** The input that the text is, for what the server says of it. */
  field: string;
  /** What begins the sentence when it was refused. */
  unchanged: string;
  onSend: (text: string) => void;
  onClose: () => void;
}

export function TextDialog({ label, hint, optional = false, error, field, unchanged, onSend, ...dialog }: Props) {
  const [text, setText] = useState("");
  const problem = error?.data?.fields?.[field];
  return (
    <FormDialog
      {...dialog}
      problems={useMemo(() => ({ problem }), [problem])}
      refused={
        error === null || problem !== undefined ? undefined : `${outcomeTitle(error, unchanged)} ${error.message}`
      }
      onSubmit={() => {
        onSend(text);
      }}
    >
      <Field label={label} hint={hint} optional={optional} error={problem}>
        {(control) => (
          <Textarea
            {...control}
            autoFocus
            value={text}
            onChange={(event) => {
              setText(event.target.value);
            }}
          />
        )}
      </Field>
    </FormDialog>
  );
}
