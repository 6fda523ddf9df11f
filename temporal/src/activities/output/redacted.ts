// The rows of a step as its activity sees them: whatever is written there has no secret in it.
import { mapWaitReason } from "@homeport/domain/run/waiting";
import type { StepRecord } from "../ports";
import { harmless, plainText, plainTexts } from "./harmless";
import type { Redactor } from "./redactor";

/** A script's output comes redacted already: what of it is held back is not the rows' business (output-text). */
export function redacted(record: StepRecord, redactor: Redactor): StepRecord {
  return {
    ...record,
    append: (stream, { bytes, ...piece }) =>
      record.append(stream, {
        ...piece,
        bytes: stream === "output" ? bytes : Buffer.from(redactor.text(bytes.toString("utf8"))),
      }),
    log: (text) => record.log(redactor.text(harmless(text))),
    wait: ({ reason, ...wait }) =>
      record.wait({ ...wait, reason: mapWaitReason(reason, (text) => redactor.text(plainText(text))) }),
  };
}

/** Codes that a workflow compares: a password that is called as one of them must not change what happened. */
const CODES: ReadonlySet<string> = new Set(["is", "outcome"]);

/** A step's result goes to its row, to screens and into the history: every text in it, at any depth. Codes stay. */
export function withoutSecrets<Result>(reported: Result, redactor: Redactor): Result {
  return redactedTexts(plainTexts(reported), redactor);
}

function redactedTexts<Value>(value: Value, redactor: Redactor): Value {
  if (typeof value === "string") return redactor.text(value) as Value & string; // a string stays one
  if (Array.isArray(value)) return value.map((one: unknown) => redactedTexts(one, redactor)) as Value & unknown[]; // the same length, the same types
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]: [string, unknown]) => [
      key,
      CODES.has(key) ? one : redactedTexts(one, redactor),
    ]),
  ) as Value; // the same keys, the same types
}
