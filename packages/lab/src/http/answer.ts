// Writes answers exactly as pveproxy does: headers, reason phrase, envelope, and the closed connection after an error.

import type { ServerResponse } from "node:http";
import { ApiError, messageOf } from "./api-error";
import { Listing } from "./endpoint";
import { HttpRefusal } from "./request-body";

export function answerData(response: ServerResponse, result: unknown, keepAlive: boolean): void {
  const envelope = result instanceof Listing ? { data: result.data, total: result.total } : { data: result ?? null };
  send(response, { status: 200, reason: "OK", body: JSON.stringify(envelope), json: true, keepAlive });
}

export function answerFailure(response: ServerResponse, failure: unknown): void {
  if (failure instanceof HttpRefusal) {
    send(response, {
      status: failure.status,
      reason: failure.message,
      body: failure.message,
      json: false,
      keepAlive: false,
    });
    return;
  }
  const error = failure instanceof ApiError ? failure : new ApiError(500, messageOf(failure));
  // 501 alone has no newline at the end: it is not a Perl exception.
  const message = error.status === 501 ? error.message : `${error.message}\n`;
  const body = { data: null, message, ...(error.errors === undefined ? {} : { errors: error.errors }) };
  send(response, {
    status: error.status,
    reason: error.message,
    body: JSON.stringify(body),
    json: true,
    keepAlive: false,
  });
}

/** A 401 has no body and no content type. */
export function answerUnauthorized(response: ServerResponse, reason: string): void {
  send(response, { status: 401, reason, body: "", json: false, keepAlive: false });
}

export function send(
  response: ServerResponse,
  answer: { status: number; reason: string; body: string; json: boolean; keepAlive: boolean },
): void {
  if (response.headersSent || response.destroyed) return;
  const now = new Date().toUTCString();
  response.writeHead(answer.status, reasonPhrase(answer.reason), {
    "Cache-Control": "max-age=0",
    Connection: answer.keepAlive ? "Keep-Alive" : "close",
    Date: now,
    Pragma: "no-cache",
    Server: "pve-api-daemon/3.0",
    "Content-Length": Buffer.byteLength(answer.body),
    ...(answer.json ? { "Content-Type": "application/json;charset=UTF-8" } : {}),
    Expires: now,
  });
  response.end(answer.body);
}

/** The first line, in the bytes that a reason phrase may have. */
function reasonPhrase(text: string): string {
  return (text.split("\n")[0] ?? "").replace(/[^\t\x20-\x7e]/g, "?");
}
