// A state as icon, word and colour: colour never stands alone.
import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleHelp,
  Clock3,
  LoaderCircle,
  type LucideIcon,
} from "lucide-react";
import { cn } from "./cn";

export type StateTone = "good" | "idle" | "busy" | "wait" | "bad" | "unknown";

const tones: Record<StateTone, { icon: LucideIcon; color: string; soft: string }> = {
  good: { icon: CircleCheck, color: "text-good", soft: "bg-good-soft" },
  idle: { icon: CircleDashed, color: "text-muted", soft: "bg-sunken" },
  busy: { icon: LoaderCircle, color: "text-busy", soft: "bg-busy-soft" },
  wait: { icon: Clock3, color: "text-wait", soft: "bg-wait-soft" },
  bad: { icon: CircleAlert, color: "text-bad", soft: "bg-bad-soft" },
  unknown: { icon: CircleHelp, color: "text-unknown", soft: "bg-unknown-soft" },
};

export interface StateBadgeProps {
  state: { label: string; tone: StateTone };
  /** Without the coloured ground, for rows that are scanned. */
  plain?: boolean;
  className?: string;
}

export function StateBadge({ state: { tone, label }, plain = false, className }: StateBadgeProps) {
  const { color, soft } = tones[tone];
  return (
    <span
      className={cn(
        "inline-flex shrink-0 items-center gap-1.5 text-meta font-medium whitespace-nowrap",
        color,
        !plain && ["h-5 rounded-sm px-1.5", soft],
        className,
      )}
    >
      <StateIcon tone={tone} />
      {label}
    </span>
  );
}

/** The icon alone, beside a word that is already there. */
export function StateIcon({ tone, className }: { tone: StateTone; className?: string }) {
  const { icon: Icon, color } = tones[tone];
  return (
    <Icon
      aria-hidden
      className={cn("size-3.5 shrink-0", color, tone === "busy" && "motion-safe:animate-spin", className)}
    />
  );
}
