"use client";
// Whether the password or a factor is asked for; the dialogs are fetched before they are.
import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import { useFetchedAhead } from "@/lib/hooks/use-fetched-ahead";
import { passwordPrompt } from "@/lib/recent-sign-in";

const load = () => import("./password-dialog").then(({ PasswordDialog }) => PasswordDialog);
const PasswordDialog = dynamic(load, { ssr: false });
/** Asked for on the page of one's account alone. */
const FactorDialog = dynamic(() => import("./factor-dialog").then((loaded) => loaded.FactorDialog), { ssr: false });

export function PasswordPrompt() {
  useFetchedAhead(load);
  const asked = useSyncExternalStore(passwordPrompt.subscribe, passwordPrompt.asked, () => undefined);
  if (asked === undefined) return null;
  // Mounted anew with each opening, so that what was typed does not stay.
  return asked === "password" ? <PasswordDialog /> : <FactorDialog />;
}
