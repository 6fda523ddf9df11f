"use client";
// What shows toasts.
import { useEffect } from "react";
import { toast, Toaster } from "sonner";

export function ShownToaster({ theme, onReady }: { theme: "light" | "dark"; onReady: (sonner: typeof toast) => void }) {
  // After the toaster's own effect, with which it begins to listen.
  useEffect(() => {
    onReady(toast);
  }, [onReady]);
  return (
    <Toaster
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
