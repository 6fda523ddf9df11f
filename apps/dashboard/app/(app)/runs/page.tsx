// All runs.
import type { Metadata } from "next";
import { RunsList } from "@/features/runs/runs-list";

export const metadata: Metadata = { title: "Runs" };

export default function Page() {
  return <RunsList />;
}
