"use client";
// All of them, or only those that are chosen.
import { Checkbox } from "@homeport/ui/checkbox";

interface Props {
  /** "Storages". */
  title: string;
  /** What there is to choose from; what was chosen and is not there any more stands beside it. */
  offered: readonly string[];
  /** Null: all. */
  chosen: readonly string[] | null;
  problem: string | undefined;
  onChange: (chosen: string[] | null) => void;
}

export function NamesChoice({ title, offered, chosen, problem, onChange }: Props) {
  const names = [...new Set([...offered, ...(chosen ?? [])])];
  const noun = title.toLowerCase();
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1 text-body font-medium">{title}</legend>
      <Checkbox
        checked={chosen === null}
        label={`All ${noun}`}
        disabledReason={chosen === null && names.length === 0 ? `What ${noun} there are is not known yet.` : undefined}
        onCheckedChange={(all) => {
          onChange(all ? null : names);
        }}
      />
      {chosen !== null && (
        <div className="ml-6 grid gap-1.5">
          {names.map((name) => (
            <Checkbox
              key={name}
              checked={chosen.includes(name)}
              label={<span className="break-all">{name}</span>}
              hint={offered.includes(name) ? undefined : "Not there any more."}
              onCheckedChange={(on) => {
                onChange(on ? [...chosen, name] : chosen.filter((one) => one !== name));
              }}
            />
          ))}
        </div>
      )}
      {problem !== undefined && (
        <p role="alert" tabIndex={-1} data-fault className="text-meta text-bad">
          {problem}
        </p>
      )}
    </fieldset>
  );
}
