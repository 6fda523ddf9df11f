// The page that stands for every page while the database is away. Whole in itself: nothing it needs can be away as well.

const RETRY_MS = 2_000;

/** HTML for an answer with status 503; `nonce` is that of the answer's Content-Security-Policy. */
export function databaseDownPage(nonce: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The database does not answer · Homeport</title>
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
<h1>The database does not answer</h1>
<p>Nothing can be read or changed until PostgreSQL is back. This page asks every two seconds and then shows what you wanted.</p>
<p class="muted">Containers keep running, and work that is under way goes on when it is back.</p>
<a href="">Try again</a>
<details><summary>Raw text</summary><pre id="raw">503 Service Unavailable</pre></details>
</section>
</main>
<script nonce="${nonce}">
setInterval(async () => {
  const raw = document.getElementById("raw");
  try {
    const answer = await fetch("/api/health", { cache: "no-store" });
    if (answer.ok) location.reload();
    else raw.textContent = "GET /api/health: " + answer.status + "\\n" + (await answer.text());
  } catch (error) {
    raw.textContent = "GET /api/health: " + error;
  }
}, ${RETRY_MS});
</script>
</body>
</html>
`;
}
