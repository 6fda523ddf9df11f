"use client";
// 500, with the shell still around it.
import { Failure } from "@/components/failure";

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <Failure error={error} reset={reset} />;
}
