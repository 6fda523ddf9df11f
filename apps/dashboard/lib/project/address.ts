// The project in an address: "/p/<slug>" before the pages of a project. Elsewhere in the dashboard addresses are written without it, and
// the links and the router put it in.

/** First segments of the pages that are of one project; "" is its home, the containers. */
const ofProject = new Set(["", "containers", "runs", "batches", "new", "project"]);

/** "/runs/1?step=x" in project "lab": "/p/lab/runs/1?step=x". Pages of no project, and addresses elsewhere, stay as they are. */
export function projectHref(slug: string, href: string): string {
  const [, first] = /^\/([^/?#]*)/.exec(href) ?? [];
  if (first === undefined || !ofProject.has(first) || href.startsWith("//")) return href;
  return `/p/${encodeURIComponent(slug)}${href.replace(/^\/(?=$|[?#])/, "")}`;
}

/** "/p/lab/runs/1" is "/runs/1" of "lab"; an address without a project is itself. */
export function splitPath(pathname: string): { slug: string | undefined; path: string } {
  const [, slug, path] = /^\/p\/([^/]+)(\/.*)?$/.exec(pathname) ?? [];
  return slug === undefined ? { slug, path: pathname } : { slug: decoded(slug), path: path ?? "/" };
}

/** A part of an address as it was meant; what cannot be decoded names nothing. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Things that addresses named without their project once; such addresses are in bookmarks, and in Temporal. */
const things = { containers: "container", runs: "run", batches: "batch" } as const;
export type MovedThing = (typeof things)[keyof typeof things];

/** What an address without a project is about: a thing of some project, a page of the project one lands in, or nothing that ever was. */
export function movedFrom(
  segments: readonly string[],
): { kind: "thing"; noun: MovedThing; id: string } | { kind: "page" } | undefined {
  const [first = "", id] = segments;
  if (first === "p" || !ofProject.has(first)) return undefined;
  const noun = Object.entries(things).find(([name]) => name === first)?.[1];
  return noun !== undefined && id !== undefined && UUID.test(id) ? { kind: "thing", noun, id } : { kind: "page" };
}
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type Query = Readonly<Record<string, string | string[] | undefined>>;

/** A page's query as it stood in the address. */
export function queryText(query: Query): string {
  const pairs = Object.entries(query).flatMap(([name, value = []]) => [value].flat().map((one) => [name, one]));
  const text = new URLSearchParams(pairs).toString();
  return text === "" ? "" : `?${text}`;
}
