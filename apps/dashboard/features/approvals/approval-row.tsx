"use client";
// One request: what is asked for, by whom and why, how it stands, and what can be done about it.
import type { ApprovalView } from "@homeport/api";
import { Badge } from "@homeport/ui/badge";
import { RelativeTime } from "@homeport/ui/relative-time";
import { Link } from "@/components/link";
import { projectHref } from "@/lib/project/address";
import { ApprovalActions } from "./approval-actions";
import { approvalStates, quotaOwners, specText } from "./approval-text";

export function ApprovalRow({ approval, onRefuse }: { approval: ApprovalView; onRefuse: () => void }) {
  const { project, by, mine, state, reason, answer, createdAt, expiresAt, beyond, waitsFor } = approval;
  const { label, tone } = approvalStates[state];
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 border-b px-4 py-3 last:border-0">
      <div className="min-w-0 flex-1 basis-72">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-mono font-medium break-all">{approval.spec.hostname}</span>
          <Badge tone={tone}>{label}</Badge>
        </p>
        <p className="text-meta break-words text-muted">{specText(approval)}</p>
        <p className="text-meta break-words text-muted">
          In <ProjectName project={project} />, {mine ? "asked for by you" : `asked for by ${by.name} (${by.email})`}{" "}
          <RelativeTime at={createdAt} />
          {state === "open" && (
            <>
              {" "}
              · lapses <RelativeTime at={expiresAt} />
            </>
          )}
        </p>
        <p className="mt-1 break-words whitespace-pre-line">{reason}</p>
        {beyond.map((sentence) => (
          <p key={sentence} className="mt-1 text-meta break-words text-wait">
            {sentence}
          </p>
        ))}
        {state === "open" && waitsFor.length === 0 && (
          <p className="mt-1 text-meta text-muted">There is room for it by now: nobody else has to approve it.</p>
        )}
        {waitsFor.length > 0 && (
          <p className="mt-1 text-meta text-muted">
            Waits for {waitsFor.map((of) => quotaOwners[of]).join(", and for ")}.
          </p>
        )}
        <Decided approval={approval} />
        {answer !== "" && <p className="mt-1 break-words whitespace-pre-line">“{answer}”</p>}
      </div>
      <ApprovalActions approval={approval} onRefuse={onRefuse} />
    </li>
  );
}

function ProjectName({ project }: Pick<ApprovalView, "project">) {
  if (project === null) return "a project that you do not see any more";
  if (project.slug === null) return project.name;
  return (
    <Link href={projectHref(project.slug, "/")} className="underline underline-offset-2">
      {project.name}
    </Link>
  );
}

function Decided({ approval: { state, decidedAt, decidedBy, runId, project } }: { approval: ApprovalView }) {
  const slug = project?.slug ?? null;
  if (decidedAt === null || state === "withdrawn") return null;
  return (
    <p className="mt-1 text-meta text-muted">
      {approvalStates[state].label} by {decidedBy ?? "somebody"} <RelativeTime at={decidedAt} />
      {runId !== null && slug !== null && (
        <>
          {" "}
          ·{" "}
          <Link href={projectHref(slug, `/runs/${runId}`)} className="underline underline-offset-2">
            its run
          </Link>
        </>
      )}
    </p>
  );
}
