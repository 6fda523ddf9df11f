"use client";
// What the server rendered for one person is not drawn in a page of another's.
import { useEffect, type ReactNode } from "react";
import { useSession } from "./session-provider";

/** `person`: who was signed in when it was rendered. */
export function OnlyFor({ person, children }: { person: string | null; children: ReactNode }) {
  const session = useSession();
  const ours = person === session.person.id;
  useEffect(() => {
    if (!ours) session.end(person === null ? "ended" : "other");
  }, [ours, person, session]);
  return ours ? children : null;
}
