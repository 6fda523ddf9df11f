"use client";
// Fourth question: which of the template's packages and scripts? All of them, unless one is switched off.
import type { TemplateDefinition } from "@homeport/domain/template/template";
import { Checkbox } from "@homeport/ui/checkbox";
import type { UseFormReturn } from "react-hook-form";
import type { Draft } from "./draft";

interface Props {
  form: UseFormReturn<Draft>;
  draft: Draft;
  definition: TemplateDefinition | undefined;
}

export function SoftwareStep({ form, draft, definition }: Props) {
  if (!definition) return <div aria-hidden className="h-64 animate-pulse rounded-md bg-hover" />;
  const toggle = (field: "packagesOff" | "scriptsOff", name: string, on: boolean): void => {
    const off = draft[field].filter((one) => one !== name);
    form.setValue(field, on ? off : [...off, name], { shouldDirty: true });
  };
  const { packages, scripts, files, title } = definition;
  if (packages.length + scripts.length + files.length === 0)
    return <p className="text-muted">{title} brings no packages and no scripts: you get the plain system.</p>;
  return (
    <div className="flex flex-col gap-6">
      {packages.length > 0 && (
        <fieldset>
          <legend className="mb-2 font-medium">Packages</legend>
          <div className="grid gap-2 sm:grid-cols-2">
            {packages.map(({ name, manager }) => (
              <Checkbox
                key={name}
                checked={!draft.packagesOff.includes(name)}
                onCheckedChange={(on) => {
                  toggle("packagesOff", name, on);
                }}
                label={<span className="font-mono text-table">{name}</span>}
                hint={`by ${manager}`}
              />
            ))}
          </div>
        </fieldset>
      )}
      {scripts.length > 0 && (
        <fieldset>
          <legend className="mb-2 font-medium">Scripts, in this order</legend>
          <ol className="flex flex-col gap-3">
            {scripts.map((script) => (
              <li key={script.name}>
                <Checkbox
                  checked={!draft.scriptsOff.includes(script.name)}
                  onCheckedChange={(on) => {
                    toggle("scriptsOff", script.name, on);
                  }}
                  label={script.title}
                  hint={`${script.name}, at most ${script.timeoutMinutes} min`}
                  disabledReason={script.optional ? undefined : `${script.name}: ${title} needs it`}
                />
              </li>
            ))}
          </ol>
        </fieldset>
      )}
      {files.length > 0 && (
        <section aria-label="Files">
          <h3 className="mb-2 font-medium">Files</h3>
          <ul className="flex flex-col gap-1 font-mono text-meta text-muted">
            {files.map(({ target }) => (
              <li key={target} className="break-all">
                {target}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
