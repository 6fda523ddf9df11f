// A mail's text in its two forms: plain, and the plainest HTML, which loads nothing and follows the reader's colours.
import type { MailText } from "../text/mail-text";

export function plainBody({ paragraphs, link }: MailText): string {
  const parts = [
    ...paragraphs.slice(0, -1),
    ...(link === null ? [] : [`${link.title}:\n${link.href}`]),
    ...paragraphs.slice(-1),
  ];
  return `${parts.join("\n\n")}\n`;
}

export function htmlBody({ subject, paragraphs, link }: MailText): string {
  const button =
    link === null
      ? []
      : [
          `<p><a href="${escaped(link.href)}" style="display:inline-block;padding:10px 16px;border-radius:6px;background:#1d5fc4;color:#ffffff;text-decoration:none">${escaped(link.title)}</a></p>`,
          `<p style="font-size:12px;word-break:break-all">${escaped(link.href)}</p>`,
        ];
  const parts = [...paragraphs.slice(0, -1).map(paragraph), ...button, ...paragraphs.slice(-1).map(paragraph)];
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${escaped(subject)}</title></head>
<body style="margin:0;padding:24px;font:15px/22px system-ui,sans-serif">
<div style="max-width:520px;margin:0 auto">
<p style="font-weight:600">Homeport</p>
${parts.join("\n")}
</div>
</body>
</html>
`;
}

function paragraph(text: string): string {
  return `<p>${escaped(text)}</p>`;
}

function escaped(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
