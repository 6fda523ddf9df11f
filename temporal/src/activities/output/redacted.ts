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

/** A step's result goes to its row, to screens and into the history. */
export function withoutSecrets<Result>(reported: Result, redactor: Redactor): Result {
  const result = plainTexts(reported);
  if (typeof result === "string") return redactor.text(result) as Result & string; // a string stays one
  if (result === null || typeof result !== "object" || Array.isArray(result)) return result;
  return Object.fromEntries(
    Object.entries(result).map(([key, value]: [string, unknown]) => [
      key,
      typeof value === "string" ? redactor.text(value) : value,
    ]),
  ) as Result; // the same keys, the same types
}
