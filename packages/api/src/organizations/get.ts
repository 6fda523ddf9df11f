// The organization that an address names.
import { notFound } from "../access/not-found";
import type { MemberContext } from "../context";
import { readOrganizationViews, type OrganizationView } from "./view";

export async function getOrganization(ctx: MemberContext, slug: string): Promise<OrganizationView> {
  const [found] = await readOrganizationViews(ctx, { slug });
  if (found === undefined) throw notFound("organization");
  return found;
}
