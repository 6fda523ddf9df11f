// The wizard's shape while it loads.
export function WizardSkeleton() {
  return (
    <div
      aria-busy
      aria-label="Loading"
      className="grid gap-6 lg:grid-cols-[190px_minmax(0,1fr)] xl:grid-cols-[190px_minmax(0,680px)_minmax(240px,300px)]"
    >
      <div className="flex gap-2 lg:flex-col">
        {Array.from({ length: 5 }, (_, index) => (
          <div key={index} className="h-9 w-full animate-pulse rounded-md bg-hover" />
        ))}
      </div>
      <div>
        <div className="mb-4 h-7 w-56 animate-pulse rounded-md bg-hover" />
        <div className="grid grid-cols-[repeat(auto-fill,minmax(220px,1fr))] gap-3">
          {Array.from({ length: 6 }, (_, index) => (
            <div key={index} className="h-36 animate-pulse rounded-md bg-hover" />
          ))}
        </div>
      </div>
      <div className="hidden h-72 animate-pulse rounded-md bg-hover xl:block" />
    </div>
  );
}
