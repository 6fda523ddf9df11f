// The pages of one organization: "/o/<slug>" and what follows.

export function organizationHref(slug: string, page: "" | "/settings" = ""): string {
  return `/o/${encodeURIComponent(slug)}${page}`;
}
