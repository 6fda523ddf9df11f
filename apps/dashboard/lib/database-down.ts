// The page that stands for every page while the database is away. Whole in itself: nothing it needs can be away as well.

import { bareDocument } from "./bare-page";

const RETRY_MS = 2_000;

/** HTML for an answer with status 503; `nonce` is that of the answer's Content-Security-Policy. */
export function databaseDownPage(nonce: string): string {
  return bareDocument({
    title: "The database does not answer",
    section: `<p>Nothing can be read or changed until PostgreSQL is back. This page asks every two seconds and then shows what you wanted.</p>
<p class="muted">Containers keep running, and work that is under way goes on when it is back.</p>
<a href="">Try again</a>
<details><summary>Raw text</summary><pre id="raw">503 Service Unavailable</pre></details>`,
    script: `<script nonce="${nonce}">
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
`,
  });
}
