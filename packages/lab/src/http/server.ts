// The HTTPS door of the node: TLS, plain-HTTP redirect, faults on connections, authentication, envelope.

import http, { type IncomingMessage, type ServerResponse } from "node:http";
import https from "node:https";
import net from "node:net";
import type { Core } from "../core";
import { pay } from "../costs";
import { takeReplyFault } from "../faults/state";
import { hasFault } from "../faults/hostname-faults";
import type { Actor } from "../access/actor";
import { plainText, type Given } from "../schema/verify";
import { ApiError } from "./api-error";
import { answerData, answerFailure, answerUnauthorized, send } from "./answer";
import { authenticate, nobody } from "./authenticate";
import type { Certificate } from "./certificate";
import { isUpload, readUpload, refuseUpload } from "./multipart";
import { readParameters, refuseMethod } from "./request-body";
import type { Router } from "./router";

export interface HttpsEndpoint {
  port: number;
  setCertificate(certificate: Certificate): void;
  /** Destroys every open connection. */
  cut: () => void;
  close(): Promise<void>;
}

export interface HttpsOptions {
  port: number;
  certificate: Certificate;
  /** What a 401 waits before it is sent; 3000 on a real node. */
  authDelayMs: number;
  /** Serves `/lab/…`; true when it did. */
  labRequest(request: IncomingMessage, response: ServerResponse): boolean;
}

const keepAliveMs = 5_000;
const requestsPerConnection = 100;
/** pveproxy negotiates no protocol: a client that offers http/1.0 alone is served as well. */
const tls = { keepAliveTimeout: keepAliveMs, ALPNProtocols: [] };

export async function openHttpsEndpoint(core: Core, router: Router, options: HttpsOptions): Promise<HttpsEndpoint> {
  const sockets = new Set<net.Socket>();
  const served = new WeakMap<net.Socket, number>();

  const listener = (request: IncomingMessage, response: ServerResponse) => {
    if (options.labRequest(request, response)) return;
    const count = (served.get(request.socket) ?? 0) + 1;
    served.set(request.socket, count);
    void serve(core, router, {
      request,
      response,
      options,
      last: count >= requestsPerConnection || !staysOpen(request),
    });
  };
  const secureServer = (certificate: Certificate) => https.createServer({ ...certificate, ...tls }, listener);
  let secure = secureServer(options.certificate);
  const plain = http.createServer((request, response) => redirect(request, response));
  const tcp = net.createServer((socket) => {
    if (core.clock.now() < core.faults.unreachableUntil) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    // The first byte of TLS is 22; anything else is plain HTTP, which pveproxy redirects.
    socket.once("data", (chunk: Buffer) => {
      socket.pause();
      socket.unshift(chunk);
      (chunk[0] === 22 ? secure : plain).emit("connection", socket);
      process.nextTick(() => socket.resume());
    });
  });
  await new Promise<void>((resolve, reject) => {
    tcp.once("error", reject);
    tcp.listen(options.port, "127.0.0.1", resolve);
  });
  const address = tcp.address();
  const cut = () => sockets.forEach((socket) => socket.destroy());

  return {
    port: typeof address === "object" && address !== null ? address.port : options.port,
    setCertificate(certificate) {
      secure = secureServer(certificate);
      cut();
    },
    cut,
    close: () =>
      new Promise((resolve) => {
        tcp.close(() => resolve());
        cut();
      }),
  };
}

/** HTTP/1.0 ends with its answer unless it asks otherwise; HTTP/1.1 the other way round. */
function staysOpen({ httpVersion, headers }: IncomingMessage): boolean {
  const wish = (headers.connection ?? "").toLowerCase();
  return httpVersion === "1.0" ? wish.includes("keep-alive") : !wish.includes("close");
}

interface Served {
  request: IncomingMessage;
  response: ServerResponse;
  options: HttpsOptions;
  last: boolean;
}

async function serve(core: Core, router: Router, { request, response, options, last }: Served): Promise<void> {
  const [rawPath = "", query = ""] = (request.url ?? "").split("?", 2);
  const method = request.method ?? "";
  try {
    if (isUpload(request)) refuseUpload(request);
    else refuseMethod(request);
    const path = /^\/api2\/json(\/.*)?$/.exec(rawPath)?.[1]?.replace(/\/+$/, "") ?? "";
    if (!rawPath.startsWith("/api2/json")) {
      send(response, { status: 404, reason: "no such file", body: "", json: false, keepAlive: false });
      return;
    }
    core.requests.add({ time: core.clock.now(), method, path });
    const { cookie, authorization, csrfpreventiontoken } = request.headers;
    const csrf = typeof csrfpreventiontoken === "string" ? csrfpreventiontoken : undefined;
    const actor = router.isOpen(method, path) ? nobody : authenticate(core, { method, cookie, authorization, csrf });
    if (typeof actor === "string") {
      request.resume();
      await core.clock.sleep(options.authDelayMs);
      answerUnauthorized(response, actor);
      return;
    }
    const { given, upload } = isUpload(request)
      ? await readUpload(request)
      : { given: await readParameters(request, query), upload: undefined };
    await pay(core, "restMs");
    const fault = takeReplyFault(core.faults, method, path);
    if (fault?.kind === "drop") return void request.socket.destroy();
    if (fault?.kind === "answer") {
      const { status = 596, reason = "Connection timed out", body = "" } = fault;
      send(response, { status, reason, body, json: body.startsWith("{"), keepAlive: false });
      return;
    }
    const result = await recorded(core, { method, path, given, actor }, () =>
      router.dispatch({ method, path, given, actor, upload }),
    );
    if (fault?.kind === "delay") await core.clock.sleep(fault.delayMs ?? 0);
    if (fault?.kind === "lose" || losesReply(method, path, given)) return void request.socket.destroy();
    answerData(response, result, !last);
  } catch (failure) {
    request.resume();
    if (failure instanceof ApiError && failure.status === 401) await core.clock.sleep(options.authDelayMs);
    answerFailure(response, failure);
  }
}

interface Request {
  method: string;
  path: string;
  given: Given;
  actor: Actor;
}

/** Writes a changing call into the journal, with what became of it. */
async function recorded<T>(core: Core, { method, path, given, actor }: Request, work: () => Promise<T>): Promise<T> {
  // Signing in changes nothing, and a password is not for a journal.
  if (method === "GET" || path === "/access/ticket") return work();
  const entry = {
    time: core.clock.now(),
    actor: actor.authid,
    method,
    path,
    vmid: vmidOf(path, given),
    params: plain(given),
  };
  try {
    const result = await work();
    core.journal.add({ ...entry, status: 200 });
    return result;
  } catch (failure) {
    core.journal.add({ ...entry, status: failure instanceof ApiError ? failure.status : 500 });
    throw failure;
  }
}

function losesReply(method: string, path: string, given: Readonly<Record<string, unknown>>): boolean {
  const hostname = given["hostname"];
  return method === "POST" && path.endsWith("/lxc") && typeof hostname === "string" && hasFault(hostname, "reply-lost");
}

function vmidOf(path: string, given: Readonly<Record<string, unknown>>): number | null {
  const vmid = Number(/\/lxc\/(\d+)/.exec(path)?.[1] ?? given["vmid"] ?? Number.NaN);
  return Number.isInteger(vmid) ? vmid : null;
}

function plain(given: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, value === null ? "" : plainText(value)]));
}

function redirect(request: IncomingMessage, response: ServerResponse): void {
  const location = `https://${request.headers.host ?? "127.0.0.1"}${request.url ?? "/"}`;
  response.writeHead(301, "Moved Permanently", {
    Location: location,
    Server: "pve-api-daemon/3.0",
    Connection: "close",
  });
  response.end("Moved Permanently");
}
