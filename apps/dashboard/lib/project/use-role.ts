"use client";
// What the person's role in this project keeps them from, for buttons that say so before they are pressed. The server decides.
import { may, type Permission } from "@homeport/domain/access/permission";
import { whyNotByRole } from "@homeport/domain/access/permission-text";
import { useProjectIfAny } from "./project-provider";

/** Undefined where they may, and outside of all projects. */
export function useRoleRefusal(permission: Permission): string | undefined {
  const project = useProjectIfAny();
  return project === null || may(project.role, permission) ? undefined : whyNotByRole(project.role);
}
