"use client";
// The plan in the order in which it will happen, each step with all that it will do.
import type { PlanView } from "@homeport/api";
import type { TemplateDefinition } from "@homeport/domain/template/template";
import type { ReactNode } from "react";
import { formatDuration } from "../../../../lib/format/duration";
import { durationSentence } from "../duration-sentence";
import { formatBytes } from "../../../../lib/format/bytes";
import { type Draft, imageName, type PlanLine, planLines } from "@/features/container-form";
import { CreateCall } from "./create-call";
import { sharedReason } from "./file-text";
import { PlanFile } from "./plan-file";
import { PlanStorage } from "./plan-storage";
import { PlanText } from "./plan-text";

interface Props {
  draft: Draft;
  definition: TemplateDefinition;
  plan: PlanView;
}

export function PlanSteps({ draft, definition, plan }: Props) {
  const { document, expected } = plan;
  const lines = planLines(draft, { definition, nodeName: document.node.name });
  return (
    <>
      <ol aria-label="What will happen" className="overflow-hidden rounded-md border bg-surface">
        {lines.map((line, index) => (
          <li
            key={line.name}
            className="grid grid-cols-[28px_minmax(0,1fr)] gap-x-1 border-b px-3 py-2.5 last:border-b-0"
          >
            <span aria-hidden className="text-muted tabular-nums">
              {index + 1}
            </span>
            <div className="min-w-0">
              <p className="flex flex-wrap justify-between gap-x-3">
                <span className="font-medium">{line.title}</span>
                {expected.steps[line.name] !== undefined && (
                  <span className="text-meta text-muted tabular-nums">
                    about {formatDuration((expected.steps[line.name] ?? 0) * 1_000)}
                  </span>
                )}
              </p>
              <Body line={line} plan={plan} />
            </div>
          </li>
        ))}
      </ol>
      {expected.run.seconds !== null && <p className="text-table tabular-nums">{durationSentence(expected.run)}</p>}
    </>
  );
}

function Body({ line, plan: { document, files, scripts } }: { line: PlanLine; plan: PlanView }): ReactNode {
  switch (line.kind) {
    case "reserve":
      return <Details texts={[vmidText(document)]} />;
    case "image":
      return <Details texts={[imageText(document)]} />;
    case "create":
      return (
        <>
          <Details texts={line.details} />
          <PlanStorage storage={document.storage} />
          <CreateCall document={document} />
        </>
      );
    case "files":
      return <PlanFiles planned={document.files} files={files} />;
    case "script":
      return document.scripts
        .filter(({ name }) => name === line.script)
        .map(({ name, optional, repeatable, timeoutMinutes, sizeBytes }) => (
          <PlanText
            key={name}
            title="Script"
            facts={[
              formatBytes(sizeBytes),
              `at most ${timeoutMinutes} min`,
              optional ? "may be skipped" : "",
              repeatable ? "may run again after an interruption" : "asks before it runs again",
            ]
              .filter(Boolean)
              .join(", ")}
            text={scripts.find((script) => script.name === name)?.content ?? ""}
          />
        ));
    default:
      return <Details texts={line.details} />;
  }
}

function PlanFiles({ planned, files }: { planned: PlanView["document"]["files"]; files: PlanView["files"] }) {
  const reason = sharedReason(planned);
  return (
    <>
      <Details texts={[reason ?? ""]} />
      {planned.map((file) => (
        <PlanFile
          key={file.target}
          file={file}
          reasonShown={reason !== undefined}
          text={files.find(({ target }) => target === file.target)?.content ?? ""}
        />
      ))}
    </>
  );
}

function Details({ texts }: { texts: readonly string[] }) {
  return texts.filter(Boolean).map((text) => (
    <p key={text} className="text-table break-words text-muted">
      {text}
    </p>
  ));
}

function vmidText({ vmid: { typed, likely, from, to }, node }: PlanView["document"]): string {
  if (typed !== null) return `VMID ${typed} on ${node.name}`;
  const range = to >= 999_999_999 ? `from ${from} up` : `from ${from} to ${to}`;
  return `The next free VMID on ${node.name}${likely === null ? "" : `, ${likely} at the moment`} (${range})`;
}

function imageText({ image: { volid, present, sizeBytes }, node }: PlanView["document"]): string {
  const storage = volid.split(":")[0] ?? "";
  if (node.pveName === null)
    return `${imageName(volid)}: whether it is on ${storage} is not known, as ${node.name} could not be asked`;
  if (present) return `${imageName(volid)} is on ${storage}${sizeBytes === null ? "" : ` (${formatBytes(sizeBytes)})`}`;
  return `${imageName(volid)} is not on ${storage} yet: ${node.name} downloads it from its catalogue, which takes its time`;
}
