// The slug that a name suggests; whoever types the name may choose another.

export const SLUG_MAX = 40;

/** "Büro & Web Team" → "buro-web-team"; empty where nothing of it can stand in an address. */
export function slugOf(name: string): string {
  return name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, SLUG_MAX)
    .replaceAll(/^-|-$/g, "");
}
