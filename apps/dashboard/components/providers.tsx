"use client";
// What every page stands on: the API, the theme, tooltips, toasts.
import { Toaster } from "@homeport/ui/toast";
import { TooltipProvider } from "@homeport/ui/tooltip";
import type { ReactNode } from "react";
import { PasswordPrompt } from "@/features/account/password-prompt";
import { TrpcProvider } from "@/lib/trpc";
import type { Theme } from "./theme";
import { ThemeProvider, useTheme } from "./use-theme";

export function Providers({ theme, children }: { theme: Theme; children: ReactNode }) {
  return (
    <TrpcProvider>
      <ThemeProvider theme={theme}>
        <TooltipProvider>
          {children}
          <PasswordPrompt />
          <Toasts />
        </TooltipProvider>
      </ThemeProvider>
    </TrpcProvider>
  );
}

function Toasts() {
  return <Toaster theme={useTheme().shown} />;
}
