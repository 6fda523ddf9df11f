"use client";
// Short messages that pass; the region is announced politely.
import { Toaster as Sonner } from "sonner";

export { toast } from "sonner";

export function Toaster() {
  return <Sonner position="bottom-right" gap={8} toastOptions={{ unstyled: true, classNames: { toast: "flex w-full items-center gap-3 rounded-md border border-line bg-raised px-3 py-2.5 text-sm text-fg", actionButton: "ml-auto shrink-0 text-accent font-medium", error: "border-bad!", icon: "shrink-0" } }} />;
}
