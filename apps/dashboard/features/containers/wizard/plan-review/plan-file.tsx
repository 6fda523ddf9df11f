"use client";
// A file of the plan: what it replaces, line by line; or its text, where it replaces nothing or that is not known.
import type { PlanFile as File } from "@homeport/domain/plan/plan";
import { formatBytes } from "../../../../lib/format/bytes";
import { TextDiff } from "@/features/runs";
import { fileState, fileText } from "./file-text";
import { PlanText } from "./plan-text";

interface Props {
  file: File;
  /** Of the file as it will be put. */
  text: string;
  /** Why it is not known what it replaces was told for all of them. */
  reasonShown: boolean;
}

export function PlanFile({ file, text, reasonShown }: Props) {
  const { before, target, title, sizeBytes, mode, owner } = file;
  return (
    <PlanText
      title={<span className="font-mono text-meta">{target}</span>}
      facts={`${formatBytes(sizeBytes)}, ${mode}, ${owner} · ${fileState(file)}`}
      text={text}
      added={before?.state === "new"}
      hint={`${title === null ? "" : `${title}. `}${fileText(file, { reasonShown })}`}
    >
      {before?.state === "differs" && before.text !== null && (
        <TextDiff
          a={before.text}
          b={text}
          label={`What ${target} changes in the OS template`}
          sides={{ a: "only in the OS template", b: "only in the new file" }}
          tooMuch="They differ too much to be shown line by line."
        />
      )}
    </PlanText>
  );
}
