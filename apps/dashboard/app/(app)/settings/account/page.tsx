// One's own account.
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AccountPage } from "@/features/account/account-page";
import { api, HydrateClient, trpcServer } from "@/lib/trpc-server";

export const metadata: Metadata = { title: "Account" };

export default async function Page() {
  const me = await api.auth.me();
  if (me === null) redirect("/sign-in?next=/settings/account");
  await Promise.all([
    trpcServer.sessions.list.prefetch(),
    trpcServer.secondFactor.show.prefetch(),
    trpcServer.passkeys.list.prefetch(),
    trpcServer.tokens.list.prefetch(),
  ]);
  return (
    <HydrateClient>
      <AccountPage me={me} />
    </HydrateClient>
  );
}
