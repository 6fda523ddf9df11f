"use client";
// On the pages where work is asked for or followed: that the engine is away, and what becomes of a click meanwhile.
import { Banner } from "@homeport/ui/banner";
import { usePagePath } from "@/lib/project/project-provider";
import { useEngine } from "@/lib/hooks/use-engine";

const creating = ["/new", "/batches/new"];
const following = ["/runs", "/batches", "/containers"];

export function EngineBanner() {
  const pathname = usePagePath();
  const { data, error } = useEngine();
  const makes = creating.includes(pathname);
  if (!makes && !following.some((start) => pathname === start || pathname.startsWith(`${start}/`))) return null;
  if (error?.data?.appCode === "unavailable")
    return (
      <Banner tone="bad" className="mb-4" title="The database does not answer.">
        What you see is as it was; nothing can be changed until it is back. This page asks again by itself. Containers
        keep running.
      </Banner>
    );
  if (!data || (data.temporal.ok && data.worker.ok)) return null;
  const reason = data.temporal.ok ? data.worker.reason : data.temporal.reason;
  return (
    <Banner
      tone="wait"
      className="mb-4"
      title={makes ? "The engine is away: what you create now is queued." : "The engine is away: runs stand still."}
    >
      {reason}{" "}
      {makes
        ? "It starts by itself, once, when the engine is back."
        : "They go on where they are when it is back; what is asked for now is queued."}{" "}
      Running containers are not affected.
    </Banner>
  );
}
