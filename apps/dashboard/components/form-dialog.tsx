"use client";
// A form in a dialog: what is typed, a way back, and the button that sends it.
import { Button } from "@homeport/ui/button";
import { Dialog } from "@homeport/ui/dialog";
import { Form } from "@homeport/ui/form";
import { useId, type ReactNode } from "react";
import { useFocusFault } from "@/lib/hooks/use-focus-fault";
import { FormError } from "./form-error";

interface Props {
  title: string;
  description: string;
  /** On the button. */
  action: string;
  pending: boolean;
  /** What is wrong with single inputs: a new object each time that the form was judged. */
  problems: object;
  /** What was refused as a whole. */
  refused: string | undefined;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

export function FormDialog({
  title,
  description,
  action,
  pending,
  problems,
  refused,
  onSubmit,
  onClose,
  children,
}: Props) {
  const formId = useId();
  const form = useFocusFault(problems);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={formId} pending={pending}>
            {action}
          </Button>
        </>
      }
    >
      <Form
        id={formId}
        ref={form}
        className="grid grid-cols-[minmax(0,1fr)] gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        {children}
        <FormError message={refused} />
      </Form>
    </Dialog>
  );
}
