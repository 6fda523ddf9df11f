// The home page's shape while it loads.
import { Skeleton, SkeletonGroup } from "@homeport/ui/skeleton";

export function ContainersSkeleton() {
  return (
    <SkeletonGroup label="Loading containers">
      <div className="mb-3 flex h-9 items-center gap-2">
        <Skeleton className="h-7 w-16" />
        <Skeleton className="h-7 w-28" />
        <Skeleton className="h-7 w-28" />
        <Skeleton className="ml-auto h-8 w-60 max-md:hidden" />
      </div>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,300px),1fr))] gap-3">
        {Array.from({ length: 8 }, (_, index) => (
          <Skeleton key={index} className="h-[200px] rounded-md" />
        ))}
      </div>
    </SkeletonGroup>
  );
}
