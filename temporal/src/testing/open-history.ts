// A workflow's history with its sealed payloads opened: what the tests search for secrets, and what the replay test keeps.
import { defaultPayloadConverter, type Payload, type PayloadCodec } from "@temporalio/common";
import { historyToJSON } from "@temporalio/common/lib/proto-utils";
import { UNSEALED } from "../contract";

type History = Parameters<typeof historyToJSON>[0];
interface PayloadJson {
  metadata: Record<string, string>;
  data?: string;
}

/** The history as JSON, each payload as it was before the codec, and how many of them were sealed. */
export async function openHistory(history: History, codec: PayloadCodec): Promise<{ json: unknown; sealed: number }> {
  let sealed = 0;
  const open = async (value: unknown): Promise<unknown> => {
    if (Array.isArray(value)) return Promise.all(value.map(open));
    if (typeof value !== "object" || value === null) return value;
    if (!isPayload(value))
      return Object.fromEntries(
        await Promise.all(Object.entries(value).map(async ([key, one]) => [key, await open(one)] as const)),
      );
    const [decoded = {}] = await codec.decode([
      { metadata: bytes(value.metadata), data: Buffer.from(value.data ?? "", "base64") },
    ]);
    const opened = reads(decoded) ? decoded : defaultPayloadConverter.toPayload({ [UNSEALED]: true });
    const metadata = Object.fromEntries(
      Object.entries(opened.metadata ?? {}).map(([key, one]) => [key, Buffer.from(one).toString("base64")]),
    );
    if (metadata.encoding !== value.metadata.encoding) sealed += 1;
    return {
      metadata,
      ...(opened.data && opened.data.length > 0 ? { data: Buffer.from(opened.data).toString("base64") } : {}),
    };
  };
  return { json: await open(JSON.parse(historyToJSON(history))), sealed };
}

/** All that a history says, in one text: payloads as their JSON. */
export function historyText(json: unknown): string {
  return JSON.stringify(json).replace(/"data":\s*"([A-Za-z0-9+/=]+)"/g, (_, data: string) =>
    Buffer.from(data, "base64").toString("utf8"),
  );
}

/** What a stranger wrote and nobody can read stands in a workflow's history as the codec has it there. */
function reads(payload: Payload): boolean {
  try {
    defaultPayloadConverter.fromPayload(payload);
    return true;
  } catch {
    return false;
  }
}

const isPayload = (value: object): value is PayloadJson =>
  "metadata" in value && typeof value.metadata === "object" && value.metadata !== null && "encoding" in value.metadata;
const bytes = (metadata: Record<string, string>) =>
  Object.fromEntries(Object.entries(metadata).map(([key, one]) => [key, Buffer.from(one, "base64")]));
