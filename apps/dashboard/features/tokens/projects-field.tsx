"use client";
// Where a token counts: everywhere its person does, or in some projects alone.
import { Checkbox } from "@homeport/ui/checkbox";
import { Field } from "@homeport/ui/field";
import { Select } from "@homeport/ui/select";
import { useProjects } from "@/lib/project/project-provider";
import { Choices } from "./choices";

export function ProjectsField({
  value,
  error,
  onChange,
}: {
  /** Null: all. */
  value: readonly string[] | null;
  error: string | undefined;
  onChange: (projectIds: string[] | null) => void;
}) {
  const projects = useProjects();
  return (
    <>
      <Field label="Projects">
        {(control) => (
          <Select
            {...control}
            value={value === null ? "all" : "some"}
            onValueChange={(chosen) => {
              onChange(chosen === "all" ? null : []);
            }}
            options={[
              { value: "all", label: "All of mine", hint: "Those that you join later too, and your organizations." },
              { value: "some", label: "Only some" },
            ]}
          />
        )}
      </Field>
      {value !== null && (
        <Choices legend="Only in" error={error}>
          {projects.map(({ id, name, organization }) => (
            <Checkbox
              key={id}
              checked={value.includes(id)}
              onCheckedChange={(checked) => {
                onChange(checked ? [...value, id] : value.filter((one) => one !== id));
              }}
              label={name}
              hint={organization.name}
            />
          ))}
        </Choices>
      )}
    </>
  );
}
