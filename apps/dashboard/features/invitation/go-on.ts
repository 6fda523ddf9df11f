// After joining: to what one has joined.
import type { Joined } from "@homeport/api";
import { arrive } from "@/features/account";
import { organizationHref } from "@/lib/organization/address";
import { projectHref } from "@/lib/project/address";
import { forgetLink } from "@/lib/hooks/use-link-token";

export function goOn(joined: Joined | null): void {
  forgetLink("invitation");
  // What requires a second factor first is named above every page.
  if (joined === null || joined.slug === null) arrive("/");
  else arrive(joined.projectSlug === null ? organizationHref(joined.slug) : projectHref(joined.projectSlug, "/"));
}
