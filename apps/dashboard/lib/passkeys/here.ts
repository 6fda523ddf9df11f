"use client";
// Whether passkeys can be used on this page: where they are for, against where the page is and what the browser can.
import type { PasskeyPlace } from "@homeport/api";
import { useSyncExternalStore } from "react";

/** `elsewhere`: the origin where they can be used. `why`: nowhere, in a sentence. `unable`: this browser has none. */
export type PasskeysHere = "usable" | "unable" | { elsewhere: string } | { why: string };

export interface Browser {
  origin: string;
  hasPasskeys: boolean;
}

export function passkeysHere(place: PasskeyPlace, { origin, hasPasskeys }: Browser): PasskeysHere {
  if ("why" in place) return place;
  if (origin !== place.origin) return { elsewhere: place.origin };
  return hasPasskeys ? "usable" : "unable";
}

/** Why not, for a button that refuses; undefined where they can be used. */
export function whyNoPasskeys(here: PasskeysHere): string | undefined {
  if (here === "usable") return undefined;
  if (here === "unable") return "This browser has no passkeys.";
  return "why" in here ? here.why : `Passkeys of this Homeport are used at ${here.elsewhere}: open it there.`;
}

/** `drawnAt`: the origin that the server believes the page to be at; what it draws stays if that is so. */
export function usePasskeysHere(place: PasskeyPlace, drawnAt: string): PasskeysHere {
  const origin = useSyncExternalStore(
    never,
    () => window.location.origin,
    () => drawnAt,
  );
  const hasPasskeys = useSyncExternalStore(
    never,
    () => typeof window.PublicKeyCredential === "function",
    () => true,
  );
  return passkeysHere(place, { origin, hasPasskeys });
}

/** Neither changes while the page is there. */
const never = () => () => undefined;
