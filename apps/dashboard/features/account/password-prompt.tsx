"use client";
// Whether the password is asked for; the dialog is fetched before it is.
import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import { useFetchedAhead } from "@/lib/hooks/use-fetched-ahead";
import { passwordPrompt } from "@/lib/recent-sign-in";

const load = () => import("./password-dialog").then(({ PasswordDialog }) => PasswordDialog);
const PasswordDialog = dynamic(load, { ssr: false });

export function PasswordPrompt() {
  useFetchedAhead(load);
  const open = useSyncExternalStore(passwordPrompt.subscribe, passwordPrompt.isOpen, () => false);
  // Mounted anew with each opening, so that a typed password does not stay.
  return open ? <PasswordDialog /> : null;
}
