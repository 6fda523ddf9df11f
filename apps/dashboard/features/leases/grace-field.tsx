"use client";
// What becomes of a container whose lease has ended.
import { hoursText } from "@homeport/domain/text/lease";
import { Field } from "@homeport/ui/field";
import { Select } from "@homeport/ui/select";

const NEVER = "never";
const offered = [1, 24, 3 * 24, 7 * 24, 14 * 24, 30 * 24];

interface Props {
  /** Null: it is not destroyed. */
  hours: number | null;
  /** Whole days alone. */
  inDays?: boolean;
  error?: string | undefined;
  onChange: (hours: number | null) => void;
}

export function GraceField({ hours, inDays = false, error, onChange }: Props) {
  const spans = [...new Set([...offered, ...(hours === null ? [] : [hours])])]
    .filter((one) => !inDays || one % 24 === 0)
    .sort((a, b) => a - b);
  return (
    <Field label="When it has ended" error={error}>
      {(control) => (
        <Select
          {...control}
          value={hours === null ? NEVER : String(hours)}
          onValueChange={(value) => {
            onChange(value === NEVER ? null : Number(value));
          }}
          options={[
            { value: NEVER, label: "It stays, shut down" },
            ...spans.map((one) => ({ value: String(one), label: `It is destroyed after ${hoursText(one)}` })),
          ]}
        />
      )}
    </Field>
  );
}
