"use client";
// What somebody is in a project: what they are in the organization, or something of the project's own.
import type { OrganizationRole } from "@homeport/db/types";
import { roleTitle } from "@homeport/domain/access/rank";
import type { ProjectRoleInput } from "@homeport/domain/project/project-input";
import { Select } from "@homeport/ui/select";

const own = ["ADMIN", "OPERATOR", "VIEWER"] as const;

export function ProjectRoleSelect({
  label,
  value,
  organization,
  reaches,
  disabled = false,
  onChange,
  ...control
}: {
  /** Where no visible label names it. */
  label?: string;
  value: ProjectRoleInput;
  /** What they are there. */
  organization: OrganizationRole;
  /** Whether the person may give this role here. */
  reaches: (role: OrganizationRole, own: boolean) => boolean;
  disabled?: boolean;
  onChange: (role: ProjectRoleInput) => void;
  id?: string;
}) {
  const refused = (role: OrganizationRole, isOwn: boolean) =>
    reaches(role, isOwn) ? undefined : "Your role here does not allow it.";
  return (
    <Select
      {...control}
      {...(label === undefined ? {} : { "aria-label": label, className: "w-56" })}
      value={value}
      disabled={disabled}
      onValueChange={onChange}
      options={[
        {
          value: "inherited",
          label: `${roleTitle[organization]}, inherited`,
          hint: "What they are in the organization, whatever it becomes.",
          disabledReason: refused(organization, false),
        },
        ...own.map((role) => ({
          value: role,
          label: `${roleTitle[role]}, here only`,
          disabledReason: refused(role, true),
        })),
      ]}
    />
  );
}
