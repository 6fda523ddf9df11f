"use client";
// Asks until the database is back, then shows the page that was wanted.
import { ErrorState } from "@homeport/ui/error-state";
import { useEffect, useState } from "react";

const ASK_EVERY_MS = 2_000;

export function WaitForDatabase() {
  const [raw, setRaw] = useState("");
  useEffect(() => {
    const ask = async (): Promise<void> => {
      const answer = await fetch("/api/health", { cache: "no-store" }).catch((error: unknown) => String(error));
      if (typeof answer === "string") setRaw(answer);
      else if (answer.ok) location.reload();
      else setRaw(`GET /api/health: ${answer.status}\n${await answer.text()}`);
    };
    const timer = setInterval(() => void ask(), ASK_EVERY_MS);
    return () => { clearInterval(timer); };
  }, []);
  return (
    <ErrorState title="The database does not answer" unaffected="Containers keep running, and work that is under way goes on." raw={raw} onRetry={() => { location.reload(); }}>
      Nothing can be read or changed until PostgreSQL is back. This page asks every two seconds and then shows what you wanted.
    </ErrorState>
  );
}
