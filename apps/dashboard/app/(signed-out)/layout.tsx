// One column for those who are not signed in: what this is, and the form.
import type { ReactNode } from "react";
import { Brand } from "@/components/brand";
import { SignedOutProvider } from "@/lib/session-provider";

export default function SignedOutLayout({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center px-4 py-12">
      <div className="mb-6">
        <Brand />
        <p className="mt-3 text-muted">
          Turn a template into a running container on your own Proxmox VE, and watch every step of it.
        </p>
      </div>
      <SignedOutProvider>{children}</SignedOutProvider>
    </main>
  );
}
