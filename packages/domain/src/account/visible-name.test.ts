import { expect, test } from "vitest";
import { CreateNodeInput, UpdateNodeInput } from "../node/node-input";
import { PersonName } from "./account-input";
import { VisibleName } from "./visible-name";

test.each(["Ada Lovelace", "Æther – №7", "علی‌رضا", "דוד", "山田", "👩‍💻 lab", "❤️ lab", "क्‍ष", "O’Brien", "  trimmed "])(
  "a name in any script is taken: %s",
  (name) => {
    expect(VisibleName(60).parse(name)).toBe(name.trim());
  },
);

test.each([
  ["an escape", "a\u001b[31mb"],
  ["a line break", "a\nb"],
  ["C1", "a\u009bb"],
  ["reversed text", "safe\u202egnp.exe"],
  ["an isolate", "a\u2066b"],
  ["a direction mark", "ab\u200ec"],
  ["a zero-width space", "ad\u200bmin"],
  ["a byte-order mark", "a\ufeffb"],
  ["a line separator", "a\u2028b"],
  ["half a character", "a\ud800b"],
  ["a tag", "a\u{e0041}b"],
  ["a joiner alone", "\u200c"],
  ["a joiner behind what it does not join", "Owner\u200c"],
  ["a joiner in Latin letters", "O\u200dwner"],
  ["a filler that counts as a letter", "\u3164"],
  ["a filler within a name", "Ow\u115fner"],
  ["a blank of braille", "a\u2800b"],
  ["a grapheme joiner", "Owner\u034f"],
  ["a selector behind a letter", "a\ufe0f"],
  ["another selector", "a\u{e0100}"],
  ["marks on nothing", "\u0301\u0301\u0301"],
])("a name is refused that holds %s", (_, name) => {
  for (const schema of [PersonName, CreateNodeInput.shape.name, UpdateNodeInput.shape.name]) {
    expect(schema.safeParse(name).error?.issues.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^A name has no control characters/),
    ]);
  }
});
