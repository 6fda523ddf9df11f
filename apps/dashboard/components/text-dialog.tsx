"use client";
// A question that is answered in a few sentences.
import { Button } from "@homeport/ui/button";
import { Dialog } from "@homeport/ui/dialog";
import { Field } from "@homeport/ui/field";
import { Form } from "@homeport/ui/form";
import { Textarea } from "@homeport/ui/textarea";
import { useId, useState } from "react";
import { outcomeTitle } from "@/lib/requests/answer";
import type { ApiError } from "@/lib/trpc";
import { FormError } from "./form-error";

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

export function TextDialog(props: Props) {
  const { title, description, label, hint, optional = false, action, pending, error, field, unchanged } = props;
  const formId = useId();
  const [text, setText] = useState("");
  const problem = error?.data?.fields?.[field];
  return (
    <Dialog
      open
      onOpenChange={props.onClose}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={props.onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={formId} pending={pending}>
            {action}
          </Button>
        </>
      }
    >
      <Form
        id={formId}
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          props.onSend(text);
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
        <FormError
          message={
            error === null || problem !== undefined ? undefined : `${outcomeTitle(error, unchanged)} ${error.message}`
          }
        />
      </Form>
    </Dialog>
  );
}
