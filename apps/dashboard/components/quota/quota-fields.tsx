"use client";
// The four amounts of a quota, each with what is taken of it now.
import { type Amounts, type QuotaPart, QuotaParts } from "@homeport/domain/quota/quota";
import { quotaPartText } from "@homeport/domain/text/quota";
import { NumberField } from "../number-field";
import type { QuotaProblems, QuotaTexts } from "./quota-form";

const units: Record<QuotaPart, string> = { containers: "", cores: "", memoryMib: " (MiB)", diskGib: " (GiB)" };

interface Props {
  texts: QuotaTexts;
  problems: QuotaProblems;
  /** Undefined: not known. */
  used: Amounts | undefined;
  onChange: (texts: QuotaTexts) => void;
}

export function QuotaFields({ texts, problems, used, onChange }: Props) {
  return (
    <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
      {QuotaParts.map((part) => (
        <NumberField
          key={part}
          label={`${quotaPartText[part]}${units[part]}`}
          hint={used && `${used[part]} taken now`}
          error={problems[part]}
          placeholder="No limit"
          value={texts[part]}
          onChange={(text) => {
            onChange({ ...texts, [part]: text });
          }}
        />
      ))}
    </div>
  );
}
