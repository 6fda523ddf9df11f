// Whether a request was made by our own pages: no other site may act with a person's cookie.

/** Why a mutation is refused; `undefined` when it comes from our own origin. */
export function whyNotOurs(headers: Headers, origins: readonly string[]): string | undefined {
  const type = (headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  // A form or a simple fetch of another site cannot send this type without asking first.
  if (type !== "application/json") return "Only application/json is taken.";
  const site = headers.get("sec-fetch-site");
  // Browsers set it themselves and no page can; "none" is a person's own doing (typed, bookmarked), never a mutation of ours.
  if (site !== null) return site === "same-origin" ? undefined : "Only Homeport's own pages may do this.";
  const origin = headers.get("origin");
  if (origin === null) return "The request does not say which page it comes from.";
  if (origins.includes(origin)) return undefined;
  return hostOf(origin) !== undefined && hostOf(origin) === headers.get("host")?.toLowerCase() ? undefined : "Only Homeport's own pages may do this.";
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
