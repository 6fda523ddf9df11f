// The little Markdown that descriptions use within a paragraph: code, emphasis and https links. Nothing else becomes markup.
import type { ReactNode } from "react";

const parts = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\((https:\/\/[^\s)]+)\)/g;

export function inlineMarkdown(text: string): ReactNode[] {
  const nodes: ReactNode[] = [];
  let at = 0;
  for (const match of text.matchAll(parts)) {
    const [whole, code, strong, label, href] = match;
    nodes.push(text.slice(at, match.index));
    if (code !== undefined)
      nodes.push(
        <code key={match.index} className="rounded-sm bg-sunken px-1 text-table break-words">
          {code}
        </code>,
      );
    else if (strong !== undefined) nodes.push(<strong key={match.index}>{strong}</strong>);
    else
      nodes.push(
        <a
          key={match.index}
          href={href}
          target="_blank"
          rel="noreferrer"
          className="text-accent underline underline-offset-2"
        >
          {label}
        </a>,
      );
    at = match.index + whole.length;
  }
  return [...nodes, text.slice(at)];
}
