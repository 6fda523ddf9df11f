// A line across the page that somebody should know of.
import { CircleAlert, Clock3, Info, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

export interface BannerProps {
  tone?: "info" | "wait" | "bad";
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  className?: string;
}

const tones: Record<NonNullable<BannerProps["tone"]>, { icon: LucideIcon; frame: string; color: string }> = {
  info: { icon: Info, frame: "border-accent/30 bg-accent-soft", color: "text-accent" },
  wait: { icon: Clock3, frame: "border-wait/30 bg-wait-soft", color: "text-wait" },
  bad: { icon: CircleAlert, frame: "border-bad/30 bg-bad-soft", color: "text-bad" },
};

export function Banner({ tone = "info", title, children, actions, className }: BannerProps) {
  const { icon: Icon, frame, color } = tones[tone];
  return (
    <div
      role={tone === "bad" ? "alert" : "status"}
      className={cn("flex flex-wrap items-start gap-x-3 gap-y-2 rounded-md border px-3 py-2", frame, className)}
    >
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", color)} />
      <div className="min-w-0 flex-1 basis-48">
        <p className="font-medium [overflow-wrap:anywhere]">{title}</p>
        {children !== undefined && <div className="[overflow-wrap:anywhere]">{children}</div>}
      </div>
      {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
