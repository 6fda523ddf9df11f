"use client";
// What every page stands on: the theme, tooltips, toasts.
import { loadToaster, Toaster } from "@homeport/ui/toast";
import { TooltipProvider } from "@homeport/ui/tooltip";
import type { ReactNode } from "react";
import type { Theme } from "./theme";
import { useFetchedAhead } from "../lib/hooks/use-fetched-ahead";
import { ThemeProvider, useTheme } from "../lib/hooks/use-theme";

export function Providers({ theme, children }: { theme: Theme; children: ReactNode }) {
  return (
    <ThemeProvider theme={theme}>
      <TooltipProvider>
        {children}
        <Toasts />
      </TooltipProvider>
    </ThemeProvider>
  );
}

function Toasts() {
  useFetchedAhead(loadToaster);
  return <Toaster theme={useTheme().shown} />;
}
