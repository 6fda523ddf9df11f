// Sends one request and reads one answer. It never tries again: who calls knows whether that is safe.
import { type Dispatcher, errors } from "undici";
import type { z } from "zod";
import { type RawAnswer, readAnswer } from "./answer";
import { encodeParams, type Params } from "./encode";
import { ProxmoxError } from "./error";

export interface CallOptions {
  /** Ends the call; it rejects with the signal's reason. The node may have acted nevertheless. */
  signal?: AbortSignal | undefined;
}

interface ProxmoxCall<T> {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below `/api2/json`. */
  path: string;
  params?: Params;
  answer: z.ZodType<T>;
}

/** Makes a call; resolves to its parsed `data`, and `total` where the API counts. */
export type Send = <T>(call: ProxmoxCall<T>, options?: CallOptions) => Promise<{ data: T; total: unknown }>;

export interface TransportOptions {
  dispatcher: Dispatcher;
  origin: string;
  /** Value of the Authorization header, asked for at each call so that a malformed token fails the call and not the connecting. */
  authorization: () => string;
  timeoutMs: number;
}

export function createTransport(transport: TransportOptions): Send {
  return async (call, options = {}) => {
    const request = `${call.method} ${call.path}`;
    const raw = await exchange(transport, call, options.signal);
    const { data, total } = readAnswer(raw, request);
    const parsed = call.answer.safeParse(data);
    if (parsed.success) return { data: parsed.data, total };
    // Paths and codes only: a value might be anything.
    const issues = parsed.error.issues.slice(0, 3).map((issue) => `${issue.path.join(".") || "data"} (${issue.code})`);
    throw new ProxmoxError("malformed", `${request} was answered in an unknown form: ${issues.join(", ")}.`, {
      status: raw.status,
      request,
    });
  };
}

async function exchange(
  transport: TransportOptions,
  call: ProxmoxCall<unknown>,
  signal?: AbortSignal,
): Promise<RawAnswer> {
  signal?.throwIfAborted();
  const request = `${call.method} ${call.path}`;
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), transport.timeoutMs);
  const onAbort = (): void => deadline.abort();
  signal?.addEventListener("abort", onAbort, { once: true });
  let answered = false;
  try {
    const response = await transport.dispatcher.request({
      origin: transport.origin,
      ...message(transport, call),
      signal: deadline.signal,
    });
    answered = true;
    const hide = hideSecret(transport.authorization());
    return {
      status: response.statusCode,
      reason: hide(response.statusText),
      contentType: String(response.headers["content-type"] ?? ""),
      body: hide(await response.body.text()),
    };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ProxmoxError) throw located(error, request);
    if (deadline.signal.aborted)
      throw new ProxmoxError("unreachable", `No answer within ${transport.timeoutMs} ms.`, { request });
    throw explain(error, answered, request);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}

/** Shorter ones are no token's, and would hide what they are a part of. */
const SECRET_LENGTH_MIN = 8;

/**
 * A proxy before the node may quote the Authorization header in its error, and a guest's name may hold it: nothing that came back
 * carries the token's secret further, into a history, a log, a row or an answer.
 */
function hideSecret(authorization: string): (text: string) => string {
  const secret = authorization.slice(authorization.lastIndexOf("=") + 1);
  return (text) => (secret.length < SECRET_LENGTH_MIN ? text : text.replaceAll(secret, "•••••"));
}

/** Parameters of GET and DELETE go in the query: a body there is answered with 501, even `{}`. Bodies have a length: chunked is 501 as well. */
function message(
  transport: TransportOptions,
  call: ProxmoxCall<unknown>,
): Pick<Dispatcher.RequestOptions, "method" | "path" | "headers" | "body"> {
  const params = encodeParams(call.params ?? {});
  const path = `/api2/json${call.path}`;
  const headers = { authorization: transport.authorization(), accept: "application/json" };
  if (call.method === "GET" || call.method === "DELETE") {
    return { method: call.method, path: params ? `${path}?${params}` : path, headers };
  }
  return {
    method: call.method,
    path,
    headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
    body: params,
  };
}

function located(error: ProxmoxError, request: string): ProxmoxError {
  const { kind, message: text, fields, seenFingerprint } = error;
  return new ProxmoxError(kind, text, {
    request,
    ...(fields ? { fields } : {}),
    ...(seenFingerprint ? { seenFingerprint } : {}),
  });
}

function explain(cause: unknown, answered: boolean, request: string): ProxmoxError {
  const text = cause instanceof Error ? cause.message : String(cause);
  if (cause instanceof errors.ResponseExceededMaxSizeError)
    return new ProxmoxError("malformed", "The answer is larger than any of Proxmox.", { cause, request });
  if (cause instanceof errors.HTTPParserError)
    return new ProxmoxError("malformed", "The answer is not HTTP.", { cause, request });
  if (answered) return new ProxmoxError("malformed", `The answer broke off: ${text}`, { cause, request });
  return new ProxmoxError("unreachable", `The node could not be reached: ${text || code(cause)}`, { cause, request });
}

/** Node's AggregateError of a host with several addresses has no message. */
function code(cause: unknown): string {
  return cause instanceof Error && "code" in cause ? String(cause.code) : "no reason given";
}
