import { expect, test } from "vitest";
import { cleanScript } from "./script-text";
import { StepEdit } from "./step-edit";

test.each([
  ["plain", "#!/bin/sh\necho a\n", "#!/bin/sh\necho a\n"],
  ["Windows line ends", "#!/bin/bash\r\necho a\r\n", "#!/bin/bash\necho a\n"],
  ["one of two line ends", "echo a\r\necho b\n", "echo a\necho b\n"],
  ["a byte-order mark", "\uFEFF#!/bin/bash\necho a\n", "#!/bin/bash\necho a\n"],
  ["both", "\uFEFF#!/bin/sh\r\n", "#!/bin/sh\n"],
  ["a mark that is not at the beginning", "echo '\uFEFF'\n", "echo '\uFEFF'\n"],
])("%s", (_, source, text) => {
  const cleaned = cleanScript(source);
  expect(cleaned).toMatchObject({ text });
  expect("mended" in cleaned && cleaned.mended.length > 0).toBe(source !== text);
  expect(StepEdit.parse({ script: source })).toEqual({ script: text });
});

test.each([
  ["a lone carriage return", "echo a\necho b\recho c\n", 2],
  ["a carriage return before a Windows line end", "a\r\r\n", 1],
  ["a zero byte", "a\r\nb\nc\0\n", 3],
])("%s is refused by its line", (_, source, line) => {
  expect(cleanScript(source)).toMatchObject({ line });
  expect(StepEdit.safeParse({ script: source }).error?.issues[0]?.message).toMatch(new RegExp(`^Line ${line} has a `));
});
