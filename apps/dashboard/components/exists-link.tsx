// To what was there first, where a refusal names it.
import Link from "next/link";
import type { ApiError } from "@/lib/trpc";

export function ExistsLink({ error }: { error: ApiError | null }) {
  const exists = error?.data?.exists;
  if (!exists) return null;
  return (
    <Link
      className="text-accent underline underline-offset-2"
      href={exists.type === "run" ? `/runs/${exists.id}` : `/batches/${exists.id}`}
    >
      Open “{exists.name}”
    </Link>
  );
}
