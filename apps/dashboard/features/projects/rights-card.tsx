"use client";
// What the person may do in a project, where their role comes from, and what the other roles may.
import type { ProjectView } from "@homeport/api";
import { rightsTable, Roles } from "@homeport/domain/access/permission-text";
import { Card } from "@homeport/ui/card";
import { cn } from "@homeport/ui/cn";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@homeport/ui/table";
import { Check, Minus } from "lucide-react";

export function RightsCard({ project: { role, roleOf, organization } }: { project: ProjectView }) {
  const from = roleOf === "project" ? "set for this project" : `your role in ${organization.name}`;
  return (
    <Card title="Your rights" hint={`You are ${roleName[role]}: ${from}.`}>
      <Table label="What each role may do">
        <TableHead>
          <tr>
            <TableHeader>Right</TableHeader>
            {Roles.map((one) => (
              <TableHeader key={one} className={cn("text-center", one === role && "text-accent")}>
                {roleTitle[one]}
                {one === role && <span className="block">you</span>}
              </TableHeader>
            ))}
          </tr>
        </TableHead>
        <TableBody>
          {rightsTable().map(({ permission, text, roles }) => (
            <TableRow key={permission}>
              <TableCell className="min-w-44">{text}</TableCell>
              {Roles.map((one) => (
                <TableCell key={one} className={cn("text-center", one === role && "bg-accent-soft")}>
                  <Mark may={roles.includes(one)} />
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <p className="mt-3 text-meta text-muted">
        Nodes belong to one person: only their owner sees their settings, and shares them into a project.
      </p>
    </Card>
  );
}

function Mark({ may }: { may: boolean }) {
  const Icon = may ? Check : Minus;
  return (
    <>
      <Icon aria-hidden className={cn("mx-auto size-4", may ? "text-good" : "text-muted")} />
      <span className="sr-only">{may ? "yes" : "no"}</span>
    </>
  );
}

const roleName: Record<ProjectView["role"], string> = {
  OWNER: "an owner",
  ADMIN: "an administrator",
  OPERATOR: "an operator",
  VIEWER: "a viewer",
};
const roleTitle: Record<ProjectView["role"], string> = {
  OWNER: "Owner",
  ADMIN: "Administrator",
  OPERATOR: "Operator",
  VIEWER: "Viewer",
};
