// Which template all of them are made from.
import type { TemplateView } from "@homeport/api";
import { cn } from "@homeport/ui/cn";
import { Field } from "@homeport/ui/field";
import { inputStyle } from "@homeport/ui/input";

interface Props {
  templates: readonly TemplateView[] | undefined;
  chosen: string;
  error: string | undefined;
  onChoose: (name: string) => void;
}

export function TemplateChoice({ templates, chosen, error, onChoose }: Props) {
  const template = templates?.find(({ name }) => name === chosen);
  return (
    <Field
      label="Template"
      hint={template?.summary ?? "What each of them will be."}
      error={chosen === "" ? undefined : error}
    >
      {(control) => (
        <select
          {...control}
          value={template ? chosen : ""}
          onChange={(event) => {
            onChoose(event.target.value);
          }}
          className={cn(inputStyle, "h-9")}
        >
          <option value="">Choose</option>
          {templates?.map(({ name, title, revision }) => (
            <option key={name} value={name}>
              {title}, revision {revision}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
