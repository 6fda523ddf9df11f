"use client";
// Whether the session has ended; what is shown then is fetched while the server still answers.
import dynamic from "next/dynamic";
import { useFetchedAhead } from "@/lib/hooks/use-fetched-ahead";
import { useSessionState } from "@/lib/session-provider";

const load = () => import("./session-ended").then(({ SessionEnded }) => SessionEnded);
const SessionEnded = dynamic(load, { ssr: false });

export function SessionDialog() {
  useFetchedAhead(load);
  const state = useSessionState();
  return state === "open" ? null : <SessionEnded other={state === "other"} />;
}
