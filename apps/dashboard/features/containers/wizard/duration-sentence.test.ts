// The words of an estimate say what it counts.
import { expect, test } from "vitest";
import { durationSentence } from "./duration-sentence";

const earlier = { seconds: 55, basis: "earlier", atMost: false, unmeasured: [] } as const;

test("an estimate says by what measure, and what it does not count", () => {
  expect(durationSentence({ ...earlier, unmeasured: [] })).toBe(
    "About 55 s in all, as these steps took in earlier runs.",
  );
  expect(durationSentence({ ...earlier, unmeasured: ["Back it up"] })).toContain(
    "and what no run had before: Back it up",
  );
  expect(durationSentence({ seconds: 146, basis: "template", atMost: true, unmeasured: [] })).toBe(
    "At most about 2 min 26 s, by the template’s own measure, which counts what you left out, too.",
  );
  expect(durationSentence({ seconds: null, basis: "template", atMost: false, unmeasured: [] })).toBe("");
});
