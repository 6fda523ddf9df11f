// Everything behind sign-in, inside the shell. The proxy has sent strangers away already; this looks again.
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { RAIL_COOKIE } from "@/features/shell/rail-cookie";
import { Shell } from "@/features/shell/shell";
import { PasswordPrompt } from "@/features/account/password-prompt";
import { SessionDialog } from "@/features/account/session-dialog";
import { SignedInProvider } from "@/lib/session-provider";
import { api, HydrateClient, trpcServer } from "@/lib/trpc-server";

export default async function AppLayout({ children }: { children: ReactNode }) {
  const me = await api.auth.me();
  if (me === null) redirect("/sign-in");
  await trpcServer.organizations.current.prefetch();
  const narrow = (await cookies()).get(RAIL_COOKIE)?.value === "narrow";
  return (
    <SignedInProvider person={me} now={now()}>
      <HydrateClient>
        <Shell me={me} narrowAtFirst={narrow}>
          {children}
        </Shell>
      </HydrateClient>
      <SessionDialog />
      <PasswordPrompt />
    </SignedInProvider>
  );
}

const now = (): number => Date.now();
