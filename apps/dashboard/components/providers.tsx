"use client";
// What every page stands on: the API, tooltips, toasts.
import { Toaster } from "@homeport/ui/toast";
import { TooltipProvider } from "@homeport/ui/tooltip";
import type { ReactNode } from "react";
import { TrpcProvider } from "@/lib/trpc";
import { useTheme } from "./use-theme";

export function Providers({ children }: { children: ReactNode }) {
  const { shown } = useTheme();
  return (
    <TrpcProvider>
      <TooltipProvider>
        {children}
        <Toaster theme={shown} />
      </TooltipProvider>
    </TrpcProvider>
  );
}
