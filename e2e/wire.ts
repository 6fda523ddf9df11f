// The line between a browser and the dashboard: what is open on it is counted, and an answer can be lost on it.
import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { readInfo } from "./stack";

export interface Wire {
  url: string;
  /** Event streams that are open now. */
  streams: () => number;
  /** How many requests came whose path contains `part`. */
  asked: (part: string) => number;
  /** The next `times` requests whose path contains `part` arrive and are done, but their answers do not come back. */
  lose: (part: string, times?: number) => void;
  close: () => Promise<void>;
}

export async function startWire(): Promise<Wire> {
  const dashboard = new URL(readInfo().url);
  const open = new Set<ServerResponse>();
  const paths: string[] = [];
  let losing = { part: "", left: 0 };
  const forward = (from: IncomingMessage, to: ServerResponse): void => {
    const path = from.url ?? "/";
    paths.push(path);
    // As the dashboard would be asked without this line in between.
    const headers = {
      ...from.headers,
      host: dashboard.host,
      ...(from.headers.origin === undefined ? {} : { origin: dashboard.origin }),
    };
    const onward = request(
      { host: dashboard.hostname, port: dashboard.port, method: from.method, path, headers },
      (answer) => {
        if (losing.left > 0 && path.includes(losing.part)) {
          losing = { ...losing, left: losing.left - 1 };
          // After its head: a browser sends a request again by itself when nothing at all came back on a connection that it had used before.
          answer.resume().once("end", () => {
            to.writeHead(answer.statusCode ?? 502, answer.headers);
            to.flushHeaders();
            setImmediate(() => to.destroy());
          });
          return;
        }
        if (answer.headers["content-type"]?.startsWith("text/event-stream")) {
          open.add(to);
          to.once("close", () => open.delete(to));
        }
        to.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(to);
        // `pipe` passes an end on, not a break: the browser would keep the connection, one of its six, for nothing.
        answer.once("close", () => {
          if (!to.writableEnded) to.destroy();
        });
      },
    );
    onward.once("error", () => to.destroy());
    to.once("close", () => onward.destroy());
    from.pipe(onward);
  };
  const server = createServer(forward);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    streams: () => open.size,
    asked: (part) => paths.filter((path) => path.includes(part)).length,
    lose: (part, times = 1) => {
      losing = { part, left: times };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
