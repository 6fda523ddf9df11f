"use client";
// What each role may do in a project or in an organization.
import type { OrganizationRole } from "@homeport/db/types";
import { rightsTable } from "@homeport/domain/access/permission-text";
import { Roles, roleTitle } from "@homeport/domain/access/rank";
import { cn } from "@homeport/ui/cn";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@homeport/ui/table";
import { Check, Minus } from "lucide-react";

/** `mine`: the column that is marked as the person's own. */
export function RightsTable({ place, mine }: { place: "project" | "organization"; mine: OrganizationRole }) {
  return (
    <Table label="What each role may do">
      <TableHead>
        <tr>
          <TableHeader>Right</TableHeader>
          {Roles.map((one) => (
            <TableHeader key={one} className={cn("text-center", one === mine && "text-accent")}>
              {roleTitle[one]}
              {one === mine && <span className="block">you</span>}
            </TableHeader>
          ))}
        </tr>
      </TableHead>
      <TableBody>
        {rightsTable(place).map(({ permission, text, roles }) => (
          <TableRow key={permission}>
            <TableCell className="min-w-44">{text}</TableCell>
            {Roles.map((one) => (
              <TableCell key={one} className={cn("text-center", one === mine && "bg-accent-soft")}>
                <Mark may={roles.includes(one)} />
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
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
