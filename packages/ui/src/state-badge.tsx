// A state as icon, word and colour together, never colour alone.
import { CircleAlert, CircleCheck, CircleDashed, CircleHelp, CirclePause, LoaderCircle, type LucideIcon } from "lucide-react";
import { cn } from "./cn";

export type BadgeTone = "good" | "idle" | "busy" | "wait" | "bad" | "unknown";

const looks: Record<BadgeTone, { Icon: LucideIcon; colour: string }> = {
  good: { Icon: CircleCheck, colour: "text-good" },
  idle: { Icon: CircleDashed, colour: "text-fg-muted" },
  busy: { Icon: LoaderCircle, colour: "text-busy" },
  wait: { Icon: CirclePause, colour: "text-wait" },
  bad: { Icon: CircleAlert, colour: "text-bad" },
  unknown: { Icon: CircleHelp, colour: "text-fg-muted" },
};

export function StateBadge({ state, className }: { state: { word: string; tone: BadgeTone }; className?: string }) {
  return (
    <span className={cn("inline-flex items-center gap-1.5 text-[13px] font-medium whitespace-nowrap", looks[state.tone].colour, className)}>
      <StateIcon tone={state.tone} />
      {state.word}
    </span>
  );
}

export function StateIcon({ tone, className }: { tone: BadgeTone; className?: string }) {
  const { Icon, colour } = looks[tone];
  return <Icon aria-hidden className={cn("size-3.5 shrink-0", colour, tone === "busy" && "animate-spin [animation-duration:2s]", className)} />;
}
