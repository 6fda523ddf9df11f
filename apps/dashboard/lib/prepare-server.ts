// What Next leaves to whoever runs it: signals while event streams are open, and the address at the socket's other end.
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

/** Same as PEER_HEADER in server.ts, which cannot be imported before Next is up. */
const PEER_HEADER = "x-homeport-peer";

export function prepareServer(): void {
  // Next waits for open event streams, for as long as anybody looks at a page: the launcher sets this and we end ourselves.
  if (process.env.NEXT_MANUAL_SIG_HANDLE) for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => process.exit(0));
  // A client can send any X-Forwarded-For and Next passes it on; this header is overwritten on every request.
  // Node publishes here before it emits "request" (Node's manual, "Built-in Channels").
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage }; // the channel's documented message
    request.headers[PEER_HEADER] = request.socket.remoteAddress ?? "";
  });
}
