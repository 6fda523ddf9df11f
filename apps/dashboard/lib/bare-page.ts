// A page that is whole in itself, for what is answered beside the app's own pages.

/** `section`: HTML of ours, without a word of anybody else's; `script`: what may run, with its tag. */
export function bareDocument({
  title,
  section,
  script = "",
}: {
  title: string;
  section: string;
  script?: string;
}): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Homeport</title>
<link rel="icon" href="/icon.svg">
<style>
:root { color-scheme: light dark; --bg: light-dark(#f7f7f8, #111315); --surface: light-dark(#fff, #181b1e); --text: light-dark(#1a1d21, #e7e9ec); --muted: light-dark(#565d68, #a0a8b3); --line: light-dark(#dfe1e6, #2c3137); --bad: light-dark(#b3261e, #ff8d85); --accent: light-dark(#1d5fc4, #7db0ff) }
body { margin: 0; min-height: 100dvh; display: grid; place-items: center; background: var(--bg); color: var(--text); font: 14px/20px "Inter Variable", system-ui, sans-serif }
main { width: min(480px, calc(100vw - 32px)) }
strong { font-size: 16px }
section { margin-top: 16px; padding: 16px; border: 1px solid var(--line); border-left: 3px solid var(--bad); border-radius: 6px; background: var(--surface) }
h1 { margin: 0 0 4px; font-size: 14px } p { margin: 4px 0 } .muted { color: var(--muted) }
a { display: inline-block; margin-top: 8px; color: var(--accent) } :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
pre { font-size: 12px; white-space: pre-wrap } summary { color: var(--muted); font-size: 12px; margin-top: 8px; cursor: pointer }
</style>
</head>
<body>
<main>
<strong>Homeport</strong>
<section role="alert">
<h1>${title}</h1>
${section}
</section>
</main>
${script}</body>
</html>
`;
}

/** Nothing is loaded but the icon, nothing runs. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** `title` and `message` are sentences of ours. */
export function barePage(status: number, { title, message }: { title: string; message: string }): Response {
  const html = bareDocument({ title, section: `<p>${message}</p>\n<a href="/">To the containers</a>` });
  return new Response(html, {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": POLICY,
    },
  });
}
