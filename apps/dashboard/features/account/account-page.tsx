"use client";
// One's own account: where one is signed in, the address and the password.
import { PageHeader } from "@homeport/ui/page-header";
import type { Me } from "@homeport/api";
import { AddressCard } from "./address-card";
import { PasswordCard } from "./password-card";
import { SessionsCard } from "./sessions-card";
import { PasskeysCard } from "@/features/passkeys";
import { SecondFactorCard } from "@/features/second-factor";
import { TokensCard } from "@/features/tokens";

export function AccountPage({ me }: { me: Me }) {
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title="Account" description={`${me.name}, ${me.email}`} />
      <div className="grid gap-4">
        <SessionsCard />
        <AddressCard />
        <PasswordCard email={me.email} />
        <PasskeysCard />
        <SecondFactorCard />
        <TokensCard />
      </div>
    </div>
  );
}
