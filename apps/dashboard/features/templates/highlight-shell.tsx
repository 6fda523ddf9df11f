// A shell script in colours: comments, strings, variables, keywords. Only for the eye: the text is never changed.
import { cn } from "@homeport/ui/cn";
import type { ReactNode } from "react";

type Kind = "comment" | "string" | "variable" | "keyword" | "command" | "plain";

const colors: Record<Kind, string> = {
  comment: "text-muted italic",
  string: "text-ansi-green",
  variable: "text-ansi-blue",
  keyword: "text-ansi-magenta",
  command: "text-ansi-cyan",
  plain: "",
};

/** In this order at each place; a script that is no valid shell is drawn plain where nothing fits. */
const rules: readonly [Kind, RegExp][] = [
  ["comment", /(?<=^|[\s;])#[^\n]*/y],
  ["string", /'[^']*'|"(?:\\[\s\S]|[^"\\])*"/y],
  ["variable", /\$\{[^}\n]*\}|\$[A-Za-z_][A-Za-z0-9_]*|\$[0-9@*#?$!-]/y],
  [
    "keyword",
    /\b(?:if|then|elif|else|fi|for|in|while|until|do|done|case|esac|function|return|exit|set|export|local|readonly|trap)\b(?![-./=])/y,
  ],
  [
    "command",
    /\b(?:log|warn|fail|service|credential|random_secret|saved_secret|ensure_packages|wait_for_port|systemctl|apt-get|install|curl|sed|grep|cat|printf|chmod|chown|mkdir|useradd|psql|runuser)\b(?![-./=])/y,
  ],
  ["plain", /[A-Za-z0-9_./-]+|\s+|[\s\S]/y],
];

export function highlightShell(text: string): ReactNode[] {
  const parts: { kind: Kind; text: string }[] = [];
  let at = 0;
  while (at < text.length) {
    const [kind, found] = next(text, at);
    const last = parts.at(-1);
    if (last?.kind === kind) last.text += found;
    else parts.push({ kind, text: found });
    at += found.length;
  }
  return parts.map((part, index) =>
    part.kind === "plain" ? (
      part.text
    ) : (
      <span key={index} className={cn(colors[part.kind])}>
        {part.text}
      </span>
    ),
  );
}

function next(text: string, at: number): [Kind, string] {
  for (const [kind, rule] of rules) {
    rule.lastIndex = at;
    const found = rule.exec(text)?.[0];
    if (found !== undefined && found !== "") return [kind, found];
  }
  return ["plain", text[at] ?? ""];
}
