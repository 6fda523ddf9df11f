// Reads what a request carries, refusing what Proxmox's own HTTP server refuses (pve-http-server, AnyEvent.pm).

import type { IncomingMessage } from "node:http";
import type { Given } from "../schema/verify";
import { messageOf } from "./api-error";
import { percentDecoded } from "./percent";

/** A refusal of the HTTP server itself: text, no JSON envelope. */
export class HttpRefusal extends Error {
  override readonly name = "HttpRefusal";
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const limitBytes = 512 * 1024;
const source = "at /usr/share/perl5/PVE/APIServer/AnyEvent.pm line 934.";

export function refuseMethod(request: IncomingMessage): void {
  const method = request.method ?? "";
  if (!["GET", "POST", "PUT", "DELETE"].includes(method))
    throw new HttpRefusal(501, `method '${method}' not available`);
  if (request.headers["transfer-encoding"] !== undefined) {
    throw new HttpRefusal(501, "chunked transfer encoding not supported");
  }
  const length = Number(request.headers["content-length"] ?? 0);
  if (length > 0 && (method === "GET" || method === "DELETE")) {
    throw new HttpRefusal(501, `Unexpected content for method '${method}'`);
  }
  if (length > limitBytes) throw new HttpRefusal(501, "for data too large");
}

/** Body and query together; of a name that is in both, the query's value counts. */
export async function readParameters(request: IncomingMessage, query: string): Promise<Given> {
  const given = decodeForm(query);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array)); // a request streams bytes
  const body = Buffer.concat(chunks).toString("utf8");
  if (body === "") return given;
  const type = (request.headers["content-type"] ?? "").split(";")[0]?.trim() ?? "";
  if (type === "application/json") return { ...decodeJson(body), ...given };
  if (type !== "" && type !== "application/x-www-form-urlencoded") {
    throw new HttpRefusal(506, `upload 'Content-Type '${type}' not implemented`);
  }
  return { ...decodeForm(body), ...given };
}

function decodeJson(body: string): Given {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (failure) {
    const tail = `(before "(end of string)") ${source}`;
    const at = /position (\d+)/.exec(messageOf(failure))?.[1] ?? String(body.length);
    const text = "malformed JSON string, neither tag, array, object, number, string or atom, at character offset";
    throw new HttpRefusal(500, `${text} ${at} ${tail}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new HttpRefusal(500, `Not a HASH reference ${source}`);
  return value as Given; // an object, as checked
}

/** Splits at `&` and `;`, takes a value only up to a second raw `=`; repeated keys become a list. `key=` is there without a value: null. */
function decodeForm(text: string): Given {
  // Without a prototype: `__proto__` is a name like any other.
  const given = Object.create(null) as Record<string, unknown>; // create answers any
  for (const pair of text.split(/[&;]/)) {
    const [name = "", value] = pair.split("=");
    if (name === "") continue;
    const key = unescape(name);
    if (key === "_dc") continue;
    const decoded = value === undefined || value === "" ? null : unescape(value);
    const before = given[key];
    given[key] =
      before === undefined || before === null
        ? decoded
        : [...(Array.isArray(before) ? (before as unknown[]) : [before]), decoded ?? ""];
  }
  return given;
}

const unescape = (text: string): string => percentDecoded(text.replaceAll("+", " "));
