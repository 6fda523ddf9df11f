// What of a request goes to Temporal's UI, and what of its answer comes back: reading only, neither our cookies nor its.

/** A query is sent with POST, and changes nothing: the step table of a run is one. */
const QUERY = /^\/engine\/api\/v1\/namespaces\/[^/]+\/workflows\/[^/]+\/query\/[^/]+$/;
const MOST_BYTES = 64 * 1_024;
const FORWARDED = ["accept", "accept-language", "if-none-match", "if-modified-since", "range", "caller-type"];
const RETURNED = ["content-type", "cache-control", "etag", "last-modified", "content-range", "accept-ranges", "vary"];

/** Our pages' policy does not fit its inline scripts; nothing of it loads or sends anything elsewhere. */
const POLICY =
  "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'none'; frame-ancestors 'self'";

/** The same request without what is none of its business; a sentence where it would change something. */
export async function engineRequest(req: Request): Promise<RequestInit | string> {
  const headers = new Headers();
  for (const name of FORWARDED) {
    const value = req.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  if (req.method === "GET" || req.method === "HEAD") return { method: req.method, headers };
  if (req.method !== "POST" || !QUERY.test(new URL(req.url).pathname))
    return "Temporal's UI only shows here. Decide about a run on its page in Homeport.";
  const body = await readCapped(req);
  if (body === undefined) return `A query holds at most ${MOST_BYTES / 1_024} KiB.`;
  headers.set("content-type", "application/json");
  // Its own defence against other pages is a cookie, which does not come here; this request is not theirs.
  headers.set("authorization", "Homeport");
  return { method: "POST", headers, body };
}

export function passedBack(answer: Response, upstream: string): Response {
  const headers = new Headers({ "content-security-policy": POLICY });
  for (const name of RETURNED) {
    const value = answer.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  const location = answer.headers.get("location");
  // Within itself; where it listens is not for anybody to know.
  if (location !== null) {
    const { pathname, search, hash } = new URL(location, upstream);
    headers.set("location", (pathname.startsWith("/engine") ? pathname : `/engine${pathname}`) + search + hash);
  }
  return new Response(answer.body, { status: answer.status, headers });
}

/** Counted while it is read; undefined when it is more. */
async function readCapped(req: Request): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (req.body ?? []) as AsyncIterable<Uint8Array>) {
    // a body is one in Node; the DOM's type is silent
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
