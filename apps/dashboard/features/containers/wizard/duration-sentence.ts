// How long a creation will take, in words that say by what measure.
import type { RunEstimate } from "@homeport/domain/run/run-estimate";
import { formatDuration } from "../../../lib/format/duration";

/** Empty when nothing is known. */
export function durationSentence({ seconds, basis, atMost, unmeasured }: RunEstimate): string {
  if (seconds === null) return "";
  const time = formatDuration(seconds * 1_000);
  if (basis === "template")
    return atMost
      ? `At most about ${time}, by the template’s own measure, which counts what you left out, too.`
      : `About ${time} in all, by the template’s own measure.`;
  const more = unmeasured.length === 0 ? "" : `, and what no run had before: ${unmeasured.join(", ")}`;
  return `About ${time} in all, as these steps took in earlier runs${more}.`;
}
