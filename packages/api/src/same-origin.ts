// Whether a request was made by our own pages: no other site may act with a person's cookie.

/** Why the body of a mutation is refused: a form or a simple fetch of another site cannot send this type without asking first. */
export function whyNotJson(headers: Headers): string | undefined {
  const type = (headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  return type === "application/json" ? undefined : "Only application/json is taken.";
}

/** Why a mutation is refused; `undefined` when it comes from our own origin. */
export function whyNotOurs(headers: Headers, origins: readonly string[]): string | undefined {
  const other = whyNotJson(headers);
  if (other !== undefined) return other;
  const site = headers.get("sec-fetch-site");
  // Browsers set it themselves and no page can; "none" is a person's own doing (typed, bookmarked), never a mutation of ours.
  if (site !== null) return site === "same-origin" ? undefined : "Only Homeport's own pages may do this.";
  const origin = headers.get("origin");
  if (origin === null) return "The request does not say which page it comes from.";
  if (origins.includes(origin)) return undefined;
  const host = hostOf(origin);
  if (host !== undefined && host === headers.get("host")?.toLowerCase()) return undefined;
  // A proxy that rewrites Host looks the same as a foreign page: only who runs this Homeport knows which it is.
  const where = host === undefined ? undefined : new URL(origin).origin;
  if (where === undefined) return "Only Homeport's own pages may do this.";
  return `Only Homeport's own pages may do this, and this Homeport does not know ${where} as its address. If it is, start it with HOMEPORT_URL=${where}.`;
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
