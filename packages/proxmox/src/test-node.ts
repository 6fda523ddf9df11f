// A real HTTPS server with a certificate of its own, for our tests: it records requests and answers what it was given.
import { createServer } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { generate } from "selfsigned";
import { fingerprintOf } from "./fingerprint";

interface SeenRequest {
  method: string;
  url: string;
  headers: IncomingMessage["headers"];
  body: string;
}
export interface TestNode {
  port: number;
  fingerprint: string;
  requests: SeenRequest[];
  /** Connections that were opened, whether or not TLS was finished. */
  connections(): number;
  /** Bytes of application data that clients sent. */
  bytesReceived(): number;
  /** How the next requests are answered; by default `{"data":null}`. */
  answer(respond: (response: ServerResponse, request: SeenRequest) => void): void;
  close(): Promise<void>;
}

export async function startTestNode(): Promise<TestNode> {
  const pems = await generate([{ name: "commonName", value: "pve" }], {
    keyType: "ec",
    extensions: [
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "pve" },
          { type: 7, ip: "127.0.0.1" },
        ],
      },
    ],
  });
  const requests: SeenRequest[] = [];
  let connections = 0;
  let bytesReceived = 0;
  let respond = (response: ServerResponse, _request: SeenRequest): void => void response.end(`{"data":null}`);
  const server = createServer({ key: pems.private, cert: pems.cert }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const seen = {
        method: request.method ?? "",
        url: request.url ?? "",
        headers: request.headers,
        body: Buffer.concat(chunks).toString("utf8"),
      };
      requests.push(seen);
      response.setHeader("content-type", "application/json;charset=UTF-8");
      respond(response, seen);
    });
  });
  server.on("connection", () => (connections += 1));
  server.on("secureConnection", (socket) => {
    socket.on("data", (chunk: Buffer) => (bytesReceived += chunk.length));
  });
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const der = Buffer.from(pems.cert.replace(/-----[^-]+-----|\s/g, ""), "base64");
  return {
    port: (server.address() as AddressInfo).port, // the cast: it listens on TCP
    fingerprint: fingerprintOf(der),
    requests,
    connections: () => connections,
    bytesReceived: () => bytesReceived,
    answer: (next) => (respond = next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** An error as Proxmox words it: the first line in the reason phrase, all of it in `message`. */
export function refuse(
  status: number,
  text: string,
  errors?: Record<string, string>,
): (response: ServerResponse) => void {
  return (response) => {
    response.writeHead(status, text.split("\n")[0]);
    response.end(JSON.stringify({ data: null, message: `${text}\n`, ...(errors ? { errors } : {}) }));
  };
}
