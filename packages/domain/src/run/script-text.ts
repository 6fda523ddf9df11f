// What of a script's text a shell would stumble over although nobody sees it: mended where that is safe, refused by its line where it is not.

export type ScriptText = { text: string; mended: string[] } | { line: number; why: string };

/**
 * Without the byte-order mark and with "\n" for "\r\n", as editors on Windows write both: "#!/bin/sh\r" names no interpreter, and behind a
 * byte-order mark "#!" is none. A lone carriage return is no line end to any shell, and what it was meant to be cannot be known.
 */
export function cleanScript(source: string): ScriptText {
  const mended: string[] = [];
  let text = source;
  if (text.startsWith("\uFEFF")) {
    text = text.slice(1);
    mended.push("the byte-order mark at its beginning was left out");
  }
  if (text.includes("\r\n")) {
    text = text.replaceAll("\r\n", "\n");
    mended.push("its Windows line ends were made line feeds");
  }
  const at = text.search(/[\r\0]/);
  if (at < 0) return { text, mended };
  const line = text.slice(0, at).split("\n").length;
  return {
    line,
    why:
      text[at] === "\0"
        ? "a zero byte, which no shell reads: is it a program? Put that among the files."
        : "a carriage return in the middle of a line: end lines with line feeds.",
  };
}
