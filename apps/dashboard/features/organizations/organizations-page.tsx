"use client";
// The organizations that a person belongs to.
import type { OrganizationView } from "@homeport/api";
import { roleTitle } from "@homeport/domain/access/rank";
import { Badge } from "@homeport/ui/badge";
import { Button } from "@homeport/ui/button";
import { Card } from "@homeport/ui/card";
import { Mono } from "@homeport/ui/mono";
import { PageHeader } from "@homeport/ui/page-header";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@homeport/ui/table";
import { Plus } from "lucide-react";
import { Link } from "@/components/link";
import { organizationHref } from "@/lib/organization/address";
import { useProjects } from "@/lib/project/project-provider";
import { useSession } from "@/lib/session-provider";

export function OrganizationsPage({ items }: { items: readonly OrganizationView[] }) {
  const projects = useProjects();
  const me = useSession().person.id;
  return (
    <>
      <PageHeader
        title="Organizations"
        description="People who share projects. Everybody has one of their own."
        actions={
          <Button asChild>
            <Link href="/organizations/new">
              <Plus aria-hidden />
              New organization
            </Link>
          </Button>
        }
      />
      <Card flush>
        <Table>
          <TableHead>
            <TableRow>
              {["Name", "Your role", "Members", "Projects you see", "Address"].map((column) => (
                <TableHeader key={column}>{column}</TableHeader>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {items.map(({ id, slug, name, role, personalOfId, members }) => (
              <TableRow key={id}>
                <TableCell>
                  <span className="flex items-center gap-2">
                    <Link href={organizationHref(slug)} className="font-medium whitespace-nowrap hover:underline">
                      {name}
                    </Link>
                    {personalOfId === me && <Badge>your own</Badge>}
                  </span>
                </TableCell>
                <TableCell>{roleTitle[role]}</TableCell>
                <TableCell>{members}</TableCell>
                <TableCell>{projects.filter(({ organization }) => organization.id === id).length}</TableCell>
                <TableCell>
                  <Mono className="whitespace-nowrap">{`/o/${slug}`}</Mono>
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Card>
    </>
  );
}
