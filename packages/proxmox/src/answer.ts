// Reads what came back: an envelope with data, or a refusal with a text and a kind.
import { z } from "zod";
import { classify } from "./classify";
import { ProxmoxError } from "./error";

export interface RawAnswer {
  status: number;
  /** The reason phrase: before libpve-http-server-perl 5.2 the only place of the error text. */
  reason: string;
  contentType: string;
  body: string;
}

/** C0 but tab and line feed, DEL, C1, and what changes the direction of text. */
const UNSEEN = /(?![\t\n])\p{Cc}|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const Envelope = z.object({ data: z.unknown().optional(), total: z.unknown().optional() });
const Refusal = z.object({ message: z.string().nullish(), errors: z.record(z.string(), z.string()).nullish() });

/** `data` and `total` of a good answer; throws `ProxmoxError` for any other. `request` is method and path, for the error. */
export function readAnswer(answer: RawAnswer, request: string): z.output<typeof Envelope> {
  if (answer.status >= 200 && answer.status < 300) {
    const envelope = Envelope.safeParse(parseJson(answer.body));
    if (envelope.success && envelope.data.data !== undefined) return envelope.data;
    throw new ProxmoxError("malformed", `${request} was not answered by the Proxmox API: ${shape(answer)}.`, {
      status: answer.status,
      request,
    });
  }
  throw readRefusal(answer, request);
}

function readRefusal(answer: RawAnswer, request: string): ProxmoxError {
  const { status, reason } = answer;
  const refusal = Refusal.safeParse(parseJson(answer.body));
  const text = seen((refusal.success ? refusal.data.message : undefined) ?? reason);
  const fields = mapValues((refusal.success ? refusal.data.errors : undefined) ?? {});
  const kind = classify(status, text, fields);
  const isOurs = !/html/i.test(answer.contentType) || kind === "unreachable" || kind === "auth";
  if (!isOurs)
    return new ProxmoxError("malformed", `${request} was not answered by the Proxmox API: ${shape(answer)}.`, {
      status,
      request,
    });
  const perField = Object.entries(fields).map(([name, message]) => `${name}: ${message}`);
  const sentence = [text || `HTTP ${status}`, ...perField].join(" ");
  return new ProxmoxError(kind, sentence, { status, request, ...(perField.length > 0 ? { fields } : {}) });
}

/** Without what a terminal would obey or what turns the direction of writing: an error's text is logged as it is. Lines stay lines. */
function seen(text: string): string {
  return text.replace(UNSEEN, "").trim();
}

function mapValues(fields: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, message]) => [seen(name), seen(message)]));
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Describes an answer without quoting it: it may come from anybody. */
function shape({ status, contentType, body }: RawAnswer): string {
  return `HTTP ${status}, ${contentType || "no content type"}, ${body.length} characters that are not its JSON`;
}
