// Orphans: what rows, Temporal and nodes do not agree on.
import type { Metadata } from "next";
import { Suspense } from "react";
import { OrphansPage } from "@/features/orphans/orphans-page";

export const metadata: Metadata = { title: "Orphans" };

export default function Page() {
  return (
    <Suspense>
      <OrphansPage />
    </Suspense>
  );
}
