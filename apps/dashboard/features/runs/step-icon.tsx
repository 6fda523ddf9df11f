// A step's state as an icon; its word is in the name of the list item.
import type { StepState } from "@homeport/db/types";
import { stepStateLabels } from "@homeport/domain/text/state-label";
import { StateIcon } from "@homeport/ui/state-badge";
import { Circle, SkipForward, TriangleAlert, Undo2, type LucideIcon } from "lucide-react";

/** Where the tone's own icon would not tell two states apart. */
const own: Partial<Record<StepState, { icon: LucideIcon; color: string }>> = {
  pending: { icon: Circle, color: "text-line-strong" },
  warning: { icon: TriangleAlert, color: "text-wait" },
  skipped: { icon: SkipForward, color: "text-muted" },
  undone: { icon: Undo2, color: "text-muted" },
};

export function StepIcon({ state }: { state: StepState }) {
  const special = own[state];
  if (!special) return <StateIcon tone={stepStateLabels[state].tone} className="size-4" />;
  return <special.icon aria-hidden className={`size-4 shrink-0 ${special.color}`} />;
}
