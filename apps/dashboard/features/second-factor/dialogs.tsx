"use client";
// The dialogs of the card, in one file that is fetched before the first is opened.
import { ChangeDialog } from "./change-dialog";
import { SetUpDialog } from "./set-up-dialog";

export function SecondFactorDialog({
  which,
  onClose,
}: {
  which: "set-up" | "turn-off" | "renew";
  onClose: () => void;
}) {
  return which === "set-up" ? <SetUpDialog onClose={onClose} /> : <ChangeDialog which={which} onClose={onClose} />;
}
