// Everything behind sign-in, inside the shell. The proxy has sent strangers away already; this looks again.
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { RAIL_COOKIE } from "@/features/shell/rail-cookie";
import { Shell } from "@/features/shell/shell";
import { AskedBanner } from "@/features/second-factor";
import { PasswordPrompt } from "@/features/account/prompts/password-prompt";
import { SessionDialog } from "@/features/account/session-dialog";
import { SignedInProvider } from "@/lib/session-provider";
import { ProjectProvider } from "@/lib/project/project-provider";
import { api, HydrateClient } from "@/lib/trpc-server";

export default async function AppLayout({ children }: { children: ReactNode }) {
  const me = await api.auth.me();
  if (me === null) redirect("/sign-in");
  // Somebody who belongs to no project sees what is their own.
  const [projects, setUpHere, factor] = await Promise.all([
    projectsIfAny(),
    api.people.isMine(),
    api.secondFactor.show(),
  ]);
  const narrow = (await cookies()).get(RAIL_COOKIE)?.value === "narrow";
  return (
    <SignedInProvider person={me} now={now()}>
      <ProjectProvider items={projects?.items ?? []} landing={projects?.landing ?? null}>
        <HydrateClient>
          <Shell me={{ ...me, setUpHere }} narrowAtFirst={narrow} notice={<AskedBanner first={factor} />}>
            {children}
          </Shell>
        </HydrateClient>
      </ProjectProvider>
      <SessionDialog />
      <PasswordPrompt />
    </SignedInProvider>
  );
}

const projectsIfAny = () =>
  api.projects.list().catch((error: unknown) => {
    if ((error as { code?: unknown }).code === "FORBIDDEN") return null; // whatever was thrown
    throw error;
  });
const now = (): number => Date.now();
