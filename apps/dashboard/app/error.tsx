"use client";
// 500: a page failed in a way nobody foresaw.
import { Failure } from "@/components/failure";

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="mx-auto w-full max-w-2xl p-4 py-16">
      <Failure error={error} reset={reset} />
    </main>
  );
}
