// A name that a person gives: every character of it is seen where it stands, so that it cannot look like another one or turn its neighbours round.
import { z } from "zod";

/**
 * Control characters, line and paragraph separators, lone surrogates, and private use would be invisible or break a line; the
 * format characters are those that change direction (marks, embeddings, overrides, isolates), the zero-width space, the word joiner, the
 * byte-order mark, the soft hyphen and tags; the ignorable ones are drawn by nobody (fillers, variation selectors), and braille's
 * blank is a blank. The joiners U+200C and U+200D stay between what they join, as Persian, Indic scripts and emoji are written with them, and the
 * selector U+FE0F behind what can be an emoji.
 */
const JOINER = String.raw`(?:\u200c|\u200d)`;
const JOINED = String.raw`[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}]`;
const unseen = [
  String.raw`(?!${JOINER}|\ufe0f)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}\u2800]`,
  String.raw`(?<!${JOINED}|\ufe0f)${JOINER}`,
  String.raw`${JOINER}(?!${JOINED})`,
  // Letters of these scripts are joined by nothing.
  String.raw`[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]\p{M}*${JOINER}`,
  String.raw`(?<!\p{Extended_Pictographic})\ufe0f(?!\u20e3)`,
];
const UNSEEN = new RegExp(unseen.join("|"), "u");
/** Something that marks can stand on. */
const BASE = /[\p{L}\p{N}\p{P}\p{S}]/u;

export const VisibleName = (most: number) =>
  z
    .string()
    .trim()
    .min(1, "A name is needed.")
    .max(most, `At most ${most} characters.`)
    .refine(
      (name) => name === "" || (BASE.test(name) && !UNSEEN.test(name)),
      "A name has no control characters and none that are not seen or change the direction of writing: type it again.",
    );
