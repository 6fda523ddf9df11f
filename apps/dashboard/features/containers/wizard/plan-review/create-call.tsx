"use client";
// The create call as Proxmox will get it: each option in its words and in ours, and the command that would do the same.
import type { PlanDocument, PlanOption } from "@homeport/domain/plan/plan";
import { planCommand } from "@homeport/domain/plan/plan-command";
import { CodeBlock } from "@homeport/ui/code-block";
import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

export function CreateCall({ document }: { document: PlanDocument }) {
  const { config, overSsh, privileges } = document;
  return (
    <div className="flex flex-col gap-0.5">
      <Folded title="The create call" facts={`${config.length} options`}>
        <Options options={config} label="Options of the create call" />
        <p className="mt-2 mb-1 text-meta text-muted">As typed on the node it would be:</p>
        <CodeBlock text={planCommand(document)} wrap={false} />
      </Folded>
      {overSsh.length > 0 && (
        <Folded title="Set over SSH afterwards" facts="only root@pam may">
          <Options options={overSsh} label="Options set over SSH" />
        </Folded>
      )}
      {privileges.length > 0 && (
        <Folded
          title="Privileges"
          facts={`${privileges.filter(({ granted }) => granted).length} of ${privileges.length} granted`}
        >
          <ul className="flex flex-col gap-1 text-meta">
            {privileges.map(({ path, privilege, for: purpose, granted }) => (
              <li key={`${path}:${privilege}`} className="break-words">
                <span className={granted ? "text-good" : "font-medium text-bad"}>
                  {granted ? "granted" : "missing"}
                </span>{" "}
                <span className="font-mono">{privilege}</span> on <span className="font-mono break-all">{path}</span>
                <span className="text-muted">, to {purpose}</span>
              </li>
            ))}
          </ul>
        </Folded>
      )}
    </div>
  );
}

function Folded({ title, facts, children }: { title: string; facts: string; children: ReactNode }) {
  return (
    <details className="group min-w-0">
      <summary className="flex min-h-8 cursor-pointer list-none items-center gap-1.5 rounded-sm text-table">
        <ChevronRight aria-hidden className="size-4 shrink-0 text-muted transition-transform group-open:rotate-90" />
        {title}
        <span className="text-meta text-muted">{facts}</span>
      </summary>
      <div className="mb-2 ml-5">{children}</div>
    </details>
  );
}

function Options({ options, label }: { options: readonly PlanOption[]; label: string }) {
  return (
    <dl aria-label={label} className="grid gap-x-4 gap-y-1 text-meta sm:grid-cols-[8rem_minmax(0,1fr)_minmax(0,1fr)]">
      {options.map(({ option, value, words }) => (
        <div key={option} className="contents">
          <dt className="font-mono">{option}</dt>
          <dd className="font-mono break-all max-sm:pl-3">{value || "–"}</dd>
          <dd className="text-muted max-sm:mb-1 max-sm:pl-3">{words}</dd>
        </div>
      ))}
    </dl>
  );
}
