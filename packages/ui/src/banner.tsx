// Something the person should know before they go on.
import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

const looks = { info: { Icon: Info, colour: "text-accent" }, wait: { Icon: TriangleAlert, colour: "text-wait" }, bad: { Icon: CircleAlert, colour: "text-bad" } };

export function Banner({ tone = "info", title, children, action, className }: { tone?: keyof typeof looks; title: ReactNode; children?: ReactNode; action?: ReactNode; className?: string }) {
  const { Icon, colour } = looks[tone];
  return (
    <div role="status" className={cn("flex flex-wrap items-start gap-x-3 gap-y-2 rounded-md border border-line bg-raised px-4 py-3 text-sm", className)}>
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", colour)} />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        {children !== undefined && <div className="text-fg-muted">{children}</div>}
      </div>
      {action}
    </div>
  );
}
