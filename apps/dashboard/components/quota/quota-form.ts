// A quota as a form holds it: what was typed, where nothing is "without a limit".
import { eachPart, type Quota, type QuotaPart, QuotaParts } from "@homeport/domain/quota/quota";

export type QuotaTexts = Record<QuotaPart, string>;
export type QuotaProblems = Partial<QuotaTexts>;

export function toTexts(quota: Quota): QuotaTexts {
  return eachPart((part) => (quota[part] === null ? "" : String(quota[part])));
}

/** The server has the rule of how large one may be, and says so at the same input. */
export function readQuota(texts: QuotaTexts): { quota: Quota } | { problems: QuotaProblems } {
  const problems: QuotaProblems = Object.fromEntries(
    QuotaParts.filter((part) => !/^\d*$/.test(texts[part].trim())).map((part) => [
      part,
      "A whole number, or nothing: without a limit.",
    ]),
  );
  if (Object.keys(problems).length > 0) return { problems };
  return { quota: eachPart((part) => (texts[part].trim() === "" ? null : Number(texts[part]))) };
}

/** What the server answered about single parts: "quota.cores". */
export function problemsOf(fields: Readonly<Record<string, string>> | null | undefined): QuotaProblems {
  return Object.fromEntries(
    QuotaParts.flatMap((part) => {
      const message = fields?.[`quota.${part}`] ?? fields?.[`limits.quota.${part}`];
      return message === undefined ? [] : [[part, message]];
    }),
  );
}
