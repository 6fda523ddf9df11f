// A text that a person takes along: selected whole when they come to it, or copied by a button.
import { CopyButton } from "@homeport/ui/copy-button";
import { Field } from "@homeport/ui/field";
import { Input } from "@homeport/ui/input";

export function CopyField({
  label,
  hint,
  value,
  copyLabel,
}: {
  label: string;
  hint: string;
  value: string;
  copyLabel: string;
}) {
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <span className="flex items-center gap-1.5">
          <Input
            {...control}
            mono
            readOnly
            value={value}
            onFocus={(event) => {
              event.target.select();
            }}
          />
          <CopyButton value={value} label={copyLabel} />
        </span>
      )}
    </Field>
  );
}
