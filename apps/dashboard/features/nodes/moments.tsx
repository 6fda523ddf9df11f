// The three moments of adding a node, and which of them this is.
import { cn } from "@homeport/ui/cn";

const moments = [
  { key: "where", title: "Where and who" },
  { key: "confirm", title: "Is this the machine?" },
  { key: "report", title: "What works" },
] as const;

export function Moments({ current }: { current: (typeof moments)[number]["key"] }) {
  return (
    <ol aria-label="Adding a node" className="mb-5 flex flex-wrap gap-x-5 gap-y-1 text-table">
      {moments.map(({ key, title }, index) => (
        <li key={key} {...(key === current ? { "aria-current": "step" as const } : {})} className={cn("flex items-center gap-1.5", key === current ? "font-medium text-text" : "text-muted")}>
          <span aria-hidden className={cn("grid size-5 place-items-center rounded-full text-meta", key === current ? "bg-accent text-on-accent" : "bg-hover")}>{index + 1}</span>
          {title}
        </li>
      ))}
    </ol>
  );
}
