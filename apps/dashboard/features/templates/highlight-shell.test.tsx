import { isValidElement } from "react";
import { expect, test } from "vitest";
import { highlightShell } from "./highlight-shell";

const text = (nodes: ReturnType<typeof highlightShell>): string =>
  nodes.map((node) => (isValidElement<{ children: string }>(node) ? node.props.children : (node as string))).join("");

test.each([
  "",
  'echo \'it\'\'s\' "a \\" b" # done\nif [ "$X" ]; then :; fi',
  "an 'unclosed quote\n${never",
  "a#b is no comment; ${x#y}",
  "\u0000\ud800 ünïcode",
])("colours never change a script: %j", (script) => {
  expect(text(highlightShell(script))).toBe(script);
});
