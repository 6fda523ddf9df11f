// What stands in the way, with what to do; then what may surprise, and what is done in another way than asked.
import type { PlanDocument } from "@homeport/domain/plan/plan";
import { CodeBlock } from "@homeport/ui/code-block";
import { CircleAlert, Info, TriangleAlert, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

const groups = [
  {
    of: "blockers",
    title: "Stands in the way",
    icon: CircleAlert,
    color: "text-bad",
    frame: "border-bad bg-bad-soft",
    role: "alert",
  },
  {
    of: "warnings",
    title: "Worth knowing",
    icon: TriangleAlert,
    color: "text-wait",
    frame: "border-wait/40 bg-wait-soft",
    role: undefined,
  },
  {
    of: "notes",
    title: "Done in another way",
    icon: Info,
    color: "text-accent",
    frame: "border-line bg-surface",
    role: undefined,
  },
] as const satisfies readonly {
  of: keyof PlanDocument;
  title: string;
  icon: LucideIcon;
  color: string;
  frame: string;
  role: string | undefined;
}[];

export function PlanFindings({
  document,
  again,
}: {
  document: PlanDocument;
  /** Asks the node once more. */ again: ReactNode;
}) {
  return groups.map(({ of, title, icon: Icon, color, frame, role }) =>
    document[of].length === 0 ? null : (
      <section key={of} role={role} aria-label={title} className={`rounded-md border p-3 ${frame}`}>
        <h2 className={`mb-1 flex items-center gap-2 font-medium ${color}`}>
          <Icon aria-hidden className="size-4" />
          {title}
        </h2>
        <ul className="flex flex-col gap-1.5 text-table">
          {document[of].map(({ id, text, fix, command }) => (
            <li key={id} className="break-words">
              {text}
              {fix !== undefined && ` ${fix}`}
              {command !== undefined && <CodeBlock className="mt-1" text={command} copyLabel="Copy the command" />}
            </li>
          ))}
        </ul>
        {of === "blockers" && <div className="mt-2 flex justify-end">{again}</div>}
      </section>
    ),
  );
}
