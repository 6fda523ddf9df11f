// The rows of a step as its activity sees them: whatever is written there has no secret in it.
import { mapWaitReason } from "@homeport/domain/run/waiting";
import type { StepRecord } from "../ports";
import { harmless, mapTexts, plainText, plainTexts } from "./harmless";
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
  return mapTexts(plainTexts(reported), (text, key) => (CODES.has(key) ? text : redactor.text(text)));
}
