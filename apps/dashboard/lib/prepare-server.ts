// What Next leaves to whoever runs it: which names this server answers to, signals while event streams are open, and the
// address at the socket's other end.
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isAllowedHost, REFUSED_HOST_HEADER } from "./allowed-hosts";

/** Same as PEER_HEADER in server.ts, which cannot be imported before Next is up. */
const PEER_HEADER = "x-homeport-peer";
/** A year: what browsers' preload lists ask for at least. */
const HSTS = "max-age=31536000";

export function prepareServer(): void {
  // Next waits for open event streams, for as long as anybody looks at a page: the launcher sets this and we end ourselves.
  if (process.env.NEXT_MANUAL_SIG_HANDLE)
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => process.exit(0));
  const publicUrl = process.env.HOMEPORT_URL === "" ? undefined : process.env.HOMEPORT_URL;
  const secure = publicUrl?.startsWith("https://") ?? false;
  // Node publishes here before it emits "request" (Node's manual, "Built-in Channels"): what is changed here is what Next sees.
  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse }; // the channel's documented message
    // A client can send any X-Forwarded-For and Next passes it on; this header is overwritten on every request.
    request.headers[PEER_HEADER] = request.socket.remoteAddress ?? "";
    if (secure) response.setHeader("strict-transport-security", HSTS);
    delete request.headers[REFUSED_HOST_HEADER];
    // Next rebuilds addresses from these; ours come from HOMEPORT_URL or from nobody.
    delete request.headers["x-forwarded-host"];
    const target = request.url ?? "";
    // A target that names a host of its own is judged by nobody further in.
    const ownTarget = target.startsWith("/") || target === "*";
    // Next answers both with 500: an address that cannot be decoded, and a method that no request of the web may have. Nothing is there.
    if (!isReadable(target) || request.method === "TRACE")
      Object.assign(request, { method: "GET", url: "/no-such-address" });
    if (!ownTarget || !isAllowedHost(request.headers.host, { port: request.socket.localPort, publicUrl }))
      misdirect(request);
  });
}

export function isReadable(target: string): boolean {
  try {
    decodeURIComponent(target.split("?")[0] ?? "");
    return true;
  } catch {
    return false;
  }
}

/** Whatever was asked for, pages, API and files alike: app/api/misdirected answers it, with 421. */
function misdirect(request: IncomingMessage): void {
  request.headers[REFUSED_HOST_HEADER] = encodeURIComponent(request.headers.host ?? "").slice(0, 300);
  request.headers.host = "misdirected.invalid";
  request.method = "GET";
  request.url = "/api/misdirected";
}
