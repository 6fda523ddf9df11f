// What Temporal stores is sealed: every object that goes into a history is AES-256-GCM, opened by workers and clients alone.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { SealingKeys } from "@homeport/db/sealing";
import type { Payload, PayloadCodec } from "@temporalio/common";

const ENCODING = "binary/encrypted";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Readable in the Temporal UI stay the words written for people: bare strings (summaries, the step table) and the SDK's own
 * description of a workflow, which carries that table. No activity takes or answers a bare string. A payload that was stored
 * before there was a codec is taken as it is.
 */
export function createCodec({ current, keys }: SealingKeys): PayloadCodec {
  const derived = new Map(Object.entries(keys).map(([version, key]) => [version, Buffer.from(hkdfSync("sha256", key, "", "homeport temporal payloads", 32))]));
  const keyOf = (version: string): Buffer => {
    const key = derived.get(version);
    if (key === undefined) throw new Error(`the key ${version} of a Temporal payload is not there`);
    return key;
  };
  keyOf(current);

  const encode = (payload: Payload, workflowId: string): Payload => {
    if (isForPeople(payload)) return payload;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv("aes-256-gcm", keyOf(current), nonce).setAAD(bound(current, workflowId));
    const plain = Buffer.from(JSON.stringify({ metadata: toText(payload.metadata), data: text(payload.data) }));
    return {
      metadata: { encoding: Buffer.from(ENCODING), key: Buffer.from(current), workflow: Buffer.from(workflowId) },
      data: Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]),
    };
  };

  const decode = (payload: Payload, workflowId: string | undefined): Payload => {
    const metadata = toText(payload.metadata);
    if (unpack(metadata.encoding) !== ENCODING) return payload;
    const owner = unpack(metadata.workflow);
    if (workflowId !== undefined && owner !== "" && owner !== workflowId) throw new Error(`a Temporal payload of workflow ${owner} was found in ${workflowId}`);
    const version = unpack(metadata.key);
    const sealed = Buffer.from(payload.data ?? []);
    const decipher = createDecipheriv("aes-256-gcm", keyOf(version), sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(bound(version, owner))
      .setAuthTag(sealed.subarray(-TAG_BYTES));
    const plain = Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    const { metadata: inner, data } = JSON.parse(plain.toString("utf8")) as { metadata: Record<string, string>; data: string };
    return { metadata: Object.fromEntries(Object.entries(inner).map(([name, value]) => [name, Buffer.from(value, "base64")])), data: Buffer.from(data, "base64") };
  };

  return {
    encode: async (payloads, context) => payloads.map((payload) => encode(payload, context?.workflowId ?? "")),
    decode: async (payloads, context) => payloads.map((payload) => decode(payload, context?.workflowId)),
  };
}

function isForPeople({ metadata, data }: Payload): boolean {
  const encoding = unpack(toText(metadata).encoding);
  if (encoding === "binary/null") return true;
  if (encoding !== "json/plain") return false;
  const head = Buffer.from(data ?? []).subarray(0, 24).toString("utf8");
  return head.startsWith('"') || head.startsWith('{"definition":{"type":');
}

const bound = (version: string, workflowId: string): Buffer => Buffer.from(["temporal", version, workflowId].join("|"));
const text = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString("base64");
const toText = (metadata: Payload["metadata"]): Record<string, string> => Object.fromEntries(Object.entries(metadata ?? {}).map(([name, bytes]) => [name, text(bytes)]));
const unpack = (base64: string | undefined): string => Buffer.from(base64 ?? "", "base64").toString("utf8");
