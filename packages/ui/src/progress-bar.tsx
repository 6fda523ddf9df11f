// How far something is, measured; without a value it says only that it goes on.
import { cn } from "./cn";

export interface ProgressBarProps {
  label: string;
  /** 0 to 1; undefined where nothing can be measured. */
  value?: number | undefined;
  tone?: "accent" | "good" | "wait" | "bad" | "neutral";
  className?: string;
}

const fill = { accent: "bg-accent", good: "bg-good", wait: "bg-wait", bad: "bg-bad", neutral: "bg-line-strong" };

export function ProgressBar({ label, value, tone = "accent", className }: ProgressBarProps) {
  const percent = value === undefined ? undefined : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent === undefined ? {} : { "aria-valuenow": percent })}
      className={cn("h-1 w-full overflow-hidden rounded-full bg-hover", className)}
    >
      <div
        className={cn(
          "h-full rounded-full transition-[width] duration-300",
          fill[tone],
          percent === undefined && "w-1/3 motion-safe:animate-pulse",
        )}
        style={percent === undefined ? undefined : { width: `${percent}%` }}
      />
    </div>
  );
}
