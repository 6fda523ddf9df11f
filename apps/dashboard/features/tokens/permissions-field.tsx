"use client";
// What a token may do: a set by its name, or right by right.
import {
  neededBy,
  needsAllProjects,
  tokenPermissionText,
  TokenPermissions,
  tokenPresets,
  type TokenPermission,
  withNeeded,
} from "@homeport/domain/access/token-scope";
import { Checkbox } from "@homeport/ui/checkbox";
import { Field } from "@homeport/ui/field";
import { Select } from "@homeport/ui/select";
import { useState } from "react";
import { Choices } from "./choices";
import { presetOf, presets } from "./presets";

export function PermissionsField({
  value,
  everywhere,
  error,
  onChange,
}: {
  value: readonly TokenPermission[];
  /** Whether it is for all projects. */
  everywhere: boolean;
  error: string | undefined;
  onChange: (permissions: TokenPermission[]) => void;
}) {
  const [byOne, setByOne] = useState(false);
  const preset = byOne ? "chosen" : presetOf(value);
  const whyNot = (permission: TokenPermission): string | undefined => {
    if (needsAllProjects(permission) && !everywhere && !value.includes(permission))
      return "Takes a token for all projects.";
    const [first] = neededBy(permission, value);
    return first && value.includes(permission) ? `Needed to “${tokenPermissionText[first]}”.` : undefined;
  };
  return (
    <>
      <Field label="It may" error={preset === "chosen" ? undefined : error}>
        {(control) => (
          <Select
            {...control}
            value={preset}
            onValueChange={(chosen) => {
              setByOne(chosen === "chosen");
              if (chosen !== "chosen") onChange([...tokenPresets[chosen]]);
            }}
            options={presets}
          />
        )}
      </Field>
      {preset === "chosen" && (
        <Choices legend="Rights" error={error}>
          {TokenPermissions.map((permission) => (
            <Checkbox
              key={permission}
              checked={value.includes(permission)}
              onCheckedChange={(checked) => {
                onChange(checked ? withNeeded([...value, permission]) : value.filter((one) => one !== permission));
              }}
              label={tokenPermissionText[permission]}
              disabledReason={whyNot(permission)}
            />
          ))}
        </Choices>
      )}
    </>
  );
}
