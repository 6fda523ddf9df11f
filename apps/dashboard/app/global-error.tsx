"use client";
// 500 of the outermost layout: nothing of ours is sure to work here, so it is plain HTML.
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body style={{ font: "14px/20px system-ui, sans-serif", maxWidth: 560, margin: "15vh auto", padding: 16 }}>
        <h1 style={{ fontSize: 20 }}>Homeport failed</h1>
        <p>The page could not be made at all. Containers and running work are not affected.</p>
        <p>
          <button type="button" onClick={reset}>
            Try again
          </button>
        </p>
        <pre style={{ whiteSpace: "pre-wrap" }}>{error.digest ?? error.message}</pre>
      </body>
    </html>
  );
}
