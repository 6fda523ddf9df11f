"use client";
// A sentence that comes and goes: what was done, or what could not be.
import { Toaster as Sonner } from "sonner";

export { toast } from "sonner";

/** Once, at the root. `theme` follows the page's. */
export function Toaster({ theme }: { theme: "light" | "dark" }) {
  return (
    <Sonner
      theme={theme}
      position="bottom-right"
      gap={8}
      toastOptions={{
        classNames: {
          toast: "!rounded-md !border !border-line !bg-raised !text-text !shadow-lg !font-sans",
          title: "!text-body !font-medium",
          description: "!text-table !text-muted",
          actionButton: "!bg-accent !text-on-accent",
        },
      }}
    />
  );
}
