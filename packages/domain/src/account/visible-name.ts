// A name that a person gives: every character of it is seen where it stands, so that it cannot look like another one or turn its neighbours round.
import { z } from "zod";

/**
 * Control characters, line and paragraph separators, lone surrogates, and private use would be invisible or break a line; the
 * format characters are those that change direction (marks, embeddings, overrides, isolates), the zero-width space, the word joiner, the
 * byte-order mark, the soft hyphen and tags. The joiners U+200C and U+200D stay: Persian, Indic scripts and emoji are written with them.
 */
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/u;

export const VisibleName = (most: number) =>
  z
    .string()
    .trim()
    .min(1, "A name is needed.")
    .max(most, `At most ${most} characters.`)
    .refine(
      (name) => !UNSEEN.test(name),
      "A name has no control characters and none that are not seen or change the direction of writing: type it again.",
    );
