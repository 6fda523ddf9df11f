"use client";
// A role, up to the person's own.
import type { OrganizationRole } from "@homeport/db/types";
import { isAbove, Roles, roleTitle, roleWithArticle } from "@homeport/domain/access/rank";
import { Select } from "@homeport/ui/select";

const hints: Record<OrganizationRole, string> = {
  OWNER: "All rights, also over owners.",
  ADMIN: "Runs the organization and all its projects.",
  OPERATOR: "Works in the projects that they belong to.",
  VIEWER: "Sees the projects that they belong to.",
};

export function RoleSelect({
  label,
  value,
  mine,
  disabled = false,
  onChange,
  ...control
}: {
  /** Where no visible label names it. */
  label?: string;
  value: OrganizationRole;
  /** Of who chooses. */
  mine: OrganizationRole;
  disabled?: boolean;
  onChange: (role: OrganizationRole) => void;
  id?: string;
  "aria-describedby"?: string | undefined;
}) {
  return (
    <Select
      {...control}
      {...(label === undefined ? {} : { "aria-label": label, className: "w-40" })}
      value={value}
      disabled={disabled}
      onValueChange={onChange}
      options={Roles.map((role) => ({
        value: role,
        label: roleTitle[role],
        hint: hints[role],
        disabledReason: isAbove(role, mine) ? `Takes ${roleWithArticle[role]}.` : undefined,
      }))}
    />
  );
}
