// The plan's shape while the node is asked.
import { Skeleton, SkeletonGroup } from "@homeport/ui/skeleton";

export function PlanSkeleton() {
  return (
    <SkeletonGroup label="Asking the node" className="overflow-hidden rounded-md border bg-surface">
      {Array.from({ length: 7 }, (_, index) => (
        <div key={index} className="grid grid-cols-[28px_1fr] gap-x-1 border-b px-3 py-2.5 last:border-b-0">
          <Skeleton className="size-4" />
          <div className="flex flex-col gap-1.5">
            <Skeleton className="h-4 w-44" />
            <Skeleton className="h-3 w-full max-w-80" />
          </div>
        </div>
      ))}
    </SkeletonGroup>
  );
}
