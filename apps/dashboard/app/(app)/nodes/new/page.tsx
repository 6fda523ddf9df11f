// Adding a node: where and who.
import type { Metadata } from "next";
import { NewNode } from "@/features/nodes/new-node";

export const metadata: Metadata = { title: "Add a node" };

export default function Page() {
  return <NewNode />;
}
