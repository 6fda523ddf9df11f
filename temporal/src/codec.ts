// What Temporal stores is sealed: every object that goes into a history is AES-256-GCM, opened by workers and clients alone.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { SealingKeys } from "@homeport/db/sealing";
import {
  defaultPayloadConverter,
  type Payload,
  type PayloadCodec,
  type SerializationContext,
} from "@temporalio/common";
import { UNSEALED } from "./contract";
import { sealedAs } from "./sealed-as";

const ENCODING = "binary/encrypted";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Readable in the Temporal UI stay the words written for people: bare strings (summaries, the step table) and the SDK's own
 * description of a workflow, which carries that table. No workflow takes a bare string, and what activities are asked and answer is
 * wrapped in an object (workflows/answers.ts), so that nothing at all is sealed too.
 *
 * Anybody who reaches Temporal can write into a history. What is not sealed is therefore not believed, and what does not open neither:
 * `UNSEALED` stands in its place, which workflows and activities refuse. It is no error: that would keep the workflow from everything
 * else, also from being cancelled. Believed as it is stays what workflows hold that were begun before there was a codec: they are called
 * by a row's bare id, and runs are called otherwise since (domain/run/workflow-id). No mark of a seal (sealed-as.ts) is taken from there.
 *
 * A key that is not there is an error where the answer is not asked for again: a workflow waits until the key is back.
 */
export function createCodec({ current, keys }: SealingKeys): PayloadCodec {
  const derived = new Map(
    Object.entries(keys).map(([version, key]) => [
      version,
      Buffer.from(hkdfSync("sha256", key, "", "homeport temporal payloads", 32)),
    ]),
  );
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

  const decode = (payload: Payload, context: SerializationContext | undefined): Payload => {
    const metadata = toText(payload.metadata);
    const workflowId = context?.workflowId;
    if (unpack(metadata.encoding) !== ENCODING) return unsealed(payload, context);
    const owner = unpack(metadata.workflow);
    if (workflowId !== undefined && owner !== "" && owner !== workflowId) return notSealed;
    const version = unpack(metadata.key);
    const key = context?.type === "workflow" ? keyOf(version) : derived.get(version);
    const plain = key && open(Buffer.from(payload.data ?? []), key, bound(version, owner));
    // A tool that reads a history sees it as it stands there.
    if (plain === undefined) return context === undefined ? payload : notSealed;
    const { metadata: inner, data } = JSON.parse(plain.toString("utf8")) as {
      metadata: Record<string, string>;
      data: string;
    };
    return {
      metadata: Object.fromEntries(Object.entries(inner).map(([name, value]) => [name, Buffer.from(value, "base64")])),
      data: Buffer.from(data, "base64"),
    };
  };

  return {
    encode: async (payloads, context) => payloads.map((payload) => encode(payload, context?.workflowId ?? "")),
    decode: async (payloads, context) => payloads.map((payload) => decode(payload, context)),
  };
}

/** Undefined when it was not sealed with this key for this place. */
function open(sealed: Buffer, key: Buffer, aad: Buffer): Buffer | undefined {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(aad)
    .setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
}

/** Without a context there is no workflow: a tool reads a history. */
function unsealed(payload: Payload, context: SerializationContext | undefined): Payload {
  if (context === undefined) return payload;
  return (isText(payload) || OF_BEFORE.test(context.workflowId ?? "")) && reads(payload) ? payload : notSealed;
}

/** False when it would stop the workflow's task, or pass for something that was sealed. */
function reads(payload: Payload): boolean {
  try {
    return sealedAs(defaultPayloadConverter.fromPayload(payload)) === undefined;
  } catch {
    return false;
  }
}

const notSealed = defaultPayloadConverter.toPayload({ [UNSEALED]: true });
/** Ids of runs and of what watches and checks nodes, before ids were for people to read. */
const OF_BEFORE = /^(?:probe-|watch-)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function isText({ metadata, data }: Payload): boolean {
  const encoding = unpack(toText(metadata).encoding);
  return (
    encoding === "binary/null" ||
    (encoding === "json/plain" &&
      Buffer.from(data ?? [])
        .subarray(0, 1)
        .toString() === '"')
  );
}

function isForPeople(payload: Payload): boolean {
  if (isText(payload)) return true;
  return (
    unpack(toText(payload.metadata).encoding) === "json/plain" &&
    Buffer.from(payload.data ?? [])
      .subarray(0, 24)
      .toString("utf8")
      .startsWith('{"definition":{"type":')
  );
}

const bound = (version: string, workflowId: string): Buffer => Buffer.from(["temporal", version, workflowId].join("|"));
const text = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString("base64");
const toText = (metadata: Payload["metadata"]): Record<string, string> =>
  Object.fromEntries(Object.entries(metadata ?? {}).map(([name, bytes]) => [name, text(bytes)]));
const unpack = (base64: string | undefined): string => Buffer.from(base64 ?? "", "base64").toString("utf8");
