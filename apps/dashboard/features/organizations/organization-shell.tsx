"use client";
// One organization: its name above tabs that each have their own address.
import type { OrganizationView } from "@homeport/api";
import { roleWithArticle } from "@homeport/domain/access/rank";
import { Badge } from "@homeport/ui/badge";
import { LinkTabs, linkTabStyle } from "@homeport/ui/link-tabs";
import { PageHeader } from "@homeport/ui/page-header";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Link } from "@/components/link";
import { organizationHref } from "@/lib/organization/address";
import { useSession } from "@/lib/session-provider";

const tabs = [
  { page: "", title: "People and projects" },
  { page: "/settings", title: "Settings" },
] as const;

export function OrganizationShell({
  organization: { name, slug, role, personalOfId },
  children,
}: {
  organization: OrganizationView;
  children: ReactNode;
}) {
  const path = usePathname();
  const me = useSession().person.id;
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        title={name}
        aside={personalOfId === me && <Badge>your own</Badge>}
        description={`An organization. You are ${roleWithArticle[role]} of it.`}
      />
      <LinkTabs label="Organization" className="mb-4">
        {tabs.map(({ page, title }) => {
          const href = organizationHref(slug, page);
          return (
            <Link
              key={page}
              href={href}
              scroll={false}
              aria-current={path === href ? "page" : undefined}
              className={linkTabStyle(path === href)}
            >
              {title}
            </Link>
          );
        })}
      </LinkTabs>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">{children}</div>
    </div>
  );
}
