// The three moments of adding or changing a node, and which of them this is.
import { cn } from "@homeport/ui/cn";

const moments = [
  { key: "where", adding: "Connection", changing: "What changes" },
  { key: "confirm", adding: "Is this the machine?", changing: "Is this the machine?" },
  { key: "report", adding: "Check and save", changing: "Check and save" },
] as const;

interface MomentsProps {
  current: (typeof moments)[number]["key"];
  /** Of a node that is saved and changes; else it is a new one. */
  changing?: boolean;
}

export function Moments({ current, changing = false }: MomentsProps) {
  return (
    <ol
      aria-label={changing ? "Changing a node" : "Adding a node"}
      className="mb-5 flex flex-wrap gap-x-5 gap-y-1 text-table"
    >
      {moments.map((moment, index) => (
        <li
          key={moment.key}
          {...(moment.key === current ? { "aria-current": "step" as const } : {})}
          className={cn("flex items-center gap-1.5", moment.key === current ? "font-medium text-text" : "text-muted")}
        >
          <span
            aria-hidden
            className={cn(
              "grid size-5 place-items-center rounded-full text-meta",
              moment.key === current ? "bg-accent text-on-accent" : "bg-hover",
            )}
          >
            {index + 1}
          </span>
          {changing ? moment.changing : moment.adding}
        </li>
      ))}
    </ol>
  );
}
