"use client";
// Below a list that is read page by page: the way to the next one.
import { Button } from "@homeport/ui/button";

interface Pages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => Promise<unknown>;
}

export function ShowOlder({ of: { hasNextPage, isFetchingNextPage, fetchNextPage } }: { of: Pages }) {
  if (!hasNextPage) return null;
  return (
    <div className="border-t p-3 text-center">
      <Button pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
        Show older
      </Button>
    </div>
  );
}
