// Calls of the API that the product's own client does not make yet, pinned to the node's certificate like those it makes.

import https from "node:https";
import tls from "node:tls";
import { z } from "zod";

export interface NodeAt {
  host: string;
  port: number;
  fingerprint: string;
  tokenId: string;
  tokenSecret: string;
}

interface RawResult {
  status: number;
  reason: string;
  data: unknown;
}

/** `GET /pools`, with parameters in the query or as a form. */
export type RawCall = (call: string, params?: Readonly<Record<string, string>>) => Promise<RawResult>;

const Envelope = z.object({ data: z.unknown() });

export function rawCaller({ host, port, fingerprint, tokenId, tokenSecret }: NodeAt): RawCall {
  let pem: Promise<string> | undefined;
  return async (call, params = {}) => {
    pem ??= pinned({ host, port, fingerprint });
    const ca = await pem;
    const [method = "GET", path = ""] = call.split(" ");
    const text = new URLSearchParams(params).toString();
    const inBody = method === "POST" || method === "PUT";
    const options = {
      host,
      port,
      ca,
      agent: false,
      checkServerIdentity: () => undefined,
      method,
      path: `/api2/json${path}${inBody || text === "" ? "" : `?${text}`}`,
    };
    const headers = {
      Authorization: `PVEAPIToken=${tokenId}=${tokenSecret}`,
      ...(inBody
        ? { "Content-Type": "application/x-www-form-urlencoded", "Content-Length": String(Buffer.byteLength(text)) }
        : {}),
    };
    return new Promise((resolve, reject) => {
      const request = https.request({ ...options, headers }, (response) => {
        let body = "";
        response.on("data", (bytes: Buffer) => (body += bytes.toString()));
        response.on("end", () => {
          const envelope = Envelope.safeParse(body.startsWith("{") ? JSON.parse(body) : {});
          resolve({
            status: response.statusCode ?? 0,
            reason: response.statusMessage ?? "",
            data: envelope.data?.data ?? null,
          });
        });
      });
      request.on("error", reject);
      request.end(inBody ? text : undefined);
    });
  };
}

/** The node's own certificate, when it is the expected one: then nothing else is trusted. */
function pinned({ host, port, fingerprint }: Pick<NodeAt, "host" | "port" | "fingerprint">): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({ host, port, rejectUnauthorized: false }, () => {
      const { fingerprint256, raw } = socket.getPeerCertificate();
      socket.destroy();
      if (fingerprint256 !== fingerprint) reject(new Error("the node shows another certificate"));
      else resolve(`-----BEGIN CERTIFICATE-----\n${raw.toString("base64")}\n-----END CERTIFICATE-----\n`);
    });
    socket.on("error", reject);
  });
}
