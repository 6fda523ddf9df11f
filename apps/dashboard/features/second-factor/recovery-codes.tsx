"use client";
// The recovery codes, which nobody is shown again.
import { Banner } from "@homeport/ui/banner";
import { Button } from "@homeport/ui/button";
import { CodeBlock } from "@homeport/ui/code-block";
import { Dialog } from "@homeport/ui/dialog";

export function RecoveryCodes({
  title,
  codes,
  onClose,
}: {
  title: string;
  codes: readonly string[];
  onClose: () => void;
}) {
  return (
    <Dialog
      open
      onOpenChange={onClose}
      // What is shown only once does not go by a click beside it.
      dismissible={false}
      title={title}
      footer={
        <Button variant="primary" onClick={onClose}>
          I have kept the codes
        </Button>
      }
    >
      <div className="grid grid-cols-1 gap-4">
        <Banner tone="wait" title="Keep these recovery codes: they are shown only now.">
          Each signs you in once, besides your password, when you have lost the app or the passkey. Keep them where
          those are not.
        </Banner>
        <CodeBlock text={codes.join("\n")} copyLabel="Copy the recovery codes" />
      </div>
    </Dialog>
  );
}
