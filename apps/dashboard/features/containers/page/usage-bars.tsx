// What a container uses of what it has, as thin bars with their numbers.
import type { ContainerUsage } from "@homeport/api";
import { cn } from "@homeport/ui/cn";
import { formatShare, formatUsed } from "../../../lib/format/bytes";
import { usageTone } from "../../../lib/format/usage-tone";

interface Measure {
  name: string;
  fraction: number;
  text: string;
}

export function measuresOf({ cpu, maxCpu, memBytes, maxMemBytes, diskBytes, maxDiskBytes }: ContainerUsage): Measure[] {
  const share = (used: number, whole: number): number => (whole > 0 ? Math.min(1, used / whole) : 0);
  return [
    {
      name: "CPU",
      fraction: Math.min(1, cpu),
      text: `${formatShare(cpu)} of ${maxCpu} ${maxCpu === 1 ? "core" : "cores"}`,
    },
    { name: "Memory", fraction: share(memBytes, maxMemBytes), text: formatUsed(memBytes, maxMemBytes) },
    { name: "Disk", fraction: share(diskBytes, maxDiskBytes), text: formatUsed(diskBytes, maxDiskBytes) },
  ];
}

/** `dim`: the numbers are old. */
export function UsageBars({ usage, dim = false }: { usage: ContainerUsage; dim?: boolean }) {
  return (
    <dl className={cn("grid grid-cols-3 gap-3 text-meta", dim && "text-muted [&_[aria-hidden]]:opacity-60")}>
      {measuresOf(usage).map(({ name, fraction, text }) => (
        <div key={name} className="min-w-0" title={`${name}: ${text}`}>
          <dt className="text-muted">{name}</dt>
          <dd className="truncate tabular-nums">{text}</dd>
          <ThinBar fraction={fraction} />
        </div>
      ))}
    </dl>
  );
}

const colors = { bad: "bg-bad", wait: "bg-wait", neutral: "bg-muted" } as const;

export function ThinBar({ fraction, className }: { fraction: number; className?: string }) {
  return (
    <div aria-hidden className={cn("mt-1 h-[3px] rounded-full bg-line", className)}>
      <div
        className={cn("h-full rounded-full", colors[usageTone(fraction)])}
        style={{ width: `${Math.max(fraction > 0 ? 2 : 0, fraction * 100)}%` }}
      />
    </div>
  );
}
