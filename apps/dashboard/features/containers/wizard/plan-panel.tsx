"use client";
// The plan as it builds up: what will exist, on which node, and what will run.
import { durationSentence } from "./duration-sentence";
import { planLines } from "@/features/container-form";
import type { Wizard } from "./use-wizard";

export function PlanPanel({ wizard: { draft, offer, plan } }: { wizard: Pick<Wizard, "draft" | "offer" | "plan"> }) {
  const { template, node, definition } = offer;
  const leftOut = draft.packagesOff.length + draft.scriptsOff.length > 0;
  const expected = plan.data?.expected.run ?? {
    seconds: template?.estimate.seconds ?? null,
    basis: "template",
    atMost: leftOut,
    unmeasured: [],
  };
  const facts: [string, string][] = [
    ["Template", template ? `${template.title}, revision ${template.revision}` : ""],
    ["Node", draft.nodeId !== "" && node ? node.name : ""],
    ["Hostname", template ? draft.hostname : ""],
    ["VMID", template ? draft.vmid || "automatic" : ""],
    [
      "Size",
      template
        ? `${draft.cores} ${draft.cores === "1" ? "core" : "cores"}, ${draft.memoryMib} MiB, ${draft.diskGib} GiB`
        : "",
    ],
    ["Storage", template ? draft.storage : ""],
    [
      "Network",
      template ? [draft.bridge, draft.networkMode === "dhcp" ? "DHCP" : draft.address].filter(Boolean).join(", ") : "",
    ],
  ];
  return (
    <aside aria-label="Plan so far" className="rounded-md border bg-surface p-4">
      <h2 className="mb-3 font-medium">Plan so far</h2>
      <dl className="grid grid-cols-[80px_1fr] gap-x-3 gap-y-1.5 text-table">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="min-w-0 break-words">{value || <span className="text-muted">–</span>}</dd>
          </div>
        ))}
      </dl>
      {template && definition && (
        <>
          <h3 className="mt-4 mb-2 text-meta text-muted">Steps</h3>
          <ol className="flex list-inside list-decimal flex-col gap-1 text-table marker:text-muted">
            {planLines(draft, { definition, nodeName: node?.name ?? "the node" }).map(({ name, title }) => (
              <li key={name}>{title}</li>
            ))}
          </ol>
          <p className="mt-4 text-meta text-muted">
            {durationSentence(expected)}
            {template.estimate.downloadMib > 0 && ` ${template.estimate.downloadMib} MiB to download.`}
          </p>
        </>
      )}
    </aside>
  );
}
