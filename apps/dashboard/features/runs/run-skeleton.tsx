// A run's shape while it loads.
import { Skeleton, SkeletonGroup } from "@homeport/ui/skeleton";

export function RunSkeleton() {
  return (
    <SkeletonGroup label="Loading the run">
      <Skeleton className="mb-2 h-7 w-64" />
      <Skeleton className="mb-4 h-5 w-96 max-w-full" />
      <Skeleton className="mb-2 h-1" />
      <Skeleton className="mb-4 h-4.5 w-40" />
      <div className="grid overflow-hidden rounded-md border bg-surface lg:h-[max(440px,calc(100dvh-320px))] lg:grid-cols-[minmax(280px,360px)_minmax(0,1fr)]">
        <div className="flex flex-col gap-3 border-b p-3 lg:border-r lg:border-b-0">
          {Array.from({ length: 8 }, (_, index) => (
            <Skeleton key={index} className="h-8" />
          ))}
        </div>
        <div className="h-[70dvh] bg-sunken lg:h-auto" />
      </div>
    </SkeletonGroup>
  );
}
