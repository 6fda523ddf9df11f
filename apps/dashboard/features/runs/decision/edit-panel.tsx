"use client";
// Edit and retry: a panel with what the failed step was tried with. What is typed stays when it is closed or refused.
import type { RunDetail, StepInput, StepView } from "@homeport/api";
import type { StepEdit } from "@homeport/domain/run/step-edit";
import { Button } from "@homeport/ui/button";
import { Drawer } from "@homeport/ui/drawer";
import { Skeleton, SkeletonGroup } from "@homeport/ui/skeleton";
import { toDraft } from "@/features/container-form";
import { QueryError } from "@/components/query-error";
import { isRefused } from "@/lib/requests/answer";
import { useProject } from "@/lib/project/project-provider";
import { trpc, type ApiError } from "@/lib/trpc";
import { PackagesEdit } from "./packages-edit";
import { ScriptEdit } from "./script-edit";
import { placeProblems, toEdit, type SpecDraft, type SpecProblems } from "./spec-draft";
import { SpecEdit } from "./spec-edit";

/** What was typed so far; held by who opens the panel. */
export interface EditDraft {
  script?: string;
  packages?: string[];
  spec?: SpecDraft;
  problems?: SpecProblems;
}

interface Props {
  run: RunDetail;
  step: StepView;
  draft: EditDraft;
  onDraft: (draft: EditDraft) => void;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  pending: boolean;
  error: ApiError | null;
  /** Why nothing can be sent now. */
  disabledReason: string | undefined;
  onSend: (edit: StepEdit) => void;
}

const titles = {
  script: "Edit the script",
  packages: "Edit the packages",
  spec: "Edit the container's settings",
} as const;

export function EditPanel({
  run,
  step,
  draft,
  onDraft,
  open,
  onOpenChange,
  pending,
  error,
  disabledReason,
  onSend,
}: Props) {
  const input = trpc.runs.stepInput.useQuery({ id: run.id, step: step.name }, { enabled: open, staleTime: Infinity });
  const edits = input.data && editOf(input.data, draft);
  const send = (): void => {
    if (!edits) return;
    onDraft({ ...draft, problems: edits.problems ?? {} });
    if (edits.edit) onSend(edits.edit);
  };
  const [first] = Object.values(error?.data?.fields ?? {});
  return (
    <Drawer
      open={open}
      onOpenChange={onOpenChange}
      title={titles[step.editable ?? "script"]}
      side="right"
      className="w-full max-w-[min(860px,100vw)]"
    >
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto p-4">
        <p className="mb-3 text-table text-muted">
          “{step.title}” of {run.container.hostname}, before attempt {step.attempt + 1}.
        </p>
        {input.data && <Form input={input.data} run={run} step={step} draft={draft} onDraft={onDraft} error={error} />}
        {!input.data && input.error && (
          <QueryError
            error={input.error}
            what="This step's input"
            onRetry={() => {
              void input.refetch();
            }}
            retrying={input.isFetching}
          />
        )}
        {!input.data && !input.error && (
          <SkeletonGroup label="Loading what it was tried with" className="grid gap-2">
            <Skeleton className="h-5 w-48" />
            <Skeleton className="h-80" />
          </SkeletonGroup>
        )}
      </div>
      <footer className="sticky bottom-0 flex shrink-0 flex-wrap items-center justify-end gap-2 border-t bg-surface px-4 py-3">
        {error && (
          <p role="alert" className="min-w-0 flex-1 basis-60 text-table break-words text-bad">
            {first ?? error.message} {isRefused(error) && "Nothing was sent to the node; "}
            {isRefused(error) ? "your" : "Your"} changes are kept here.
          </p>
        )}
        <Button
          onClick={() => {
            onOpenChange(false);
          }}
        >
          Close
        </Button>
        <Button
          variant="primary"
          pending={pending}
          disabledReason={
            disabledReason ??
            edits?.refusal ??
            (edits?.changed === false
              ? "Nothing has changed since the last attempt. “Retry” tries it as it is."
              : undefined)
          }
          onClick={send}
        >
          Retry with these changes
        </Button>
      </footer>
    </Drawer>
  );
}

function Form({
  input,
  run,
  step,
  draft,
  onDraft,
  error,
}: Pick<Props, "run" | "step" | "draft" | "onDraft" | "error"> & { input: StepInput }) {
  const { id: projectId } = useProject();
  const inventory = trpc.nodes.inventory.useQuery({ id: run.node.id, projectId }, { enabled: input.kind === "spec" });
  const fields = error?.data?.fields ?? {};
  const problem = fields["edit.script"] ?? fields["edit.packages"] ?? fields.edit;
  switch (input.kind) {
    case "script":
      return (
        <ScriptEdit
          title={step.title}
          script={draft.script ?? input.script}
          original={input.original}
          error={problem}
          onChange={(script) => {
            onDraft({ ...draft, script });
          }}
        />
      );
    case "packages":
      return (
        <PackagesEdit
          packages={draft.packages ?? input.packages}
          original={input.original}
          error={problem}
          onChange={(packages) => {
            onDraft({ ...draft, packages });
          }}
        />
      );
    case "spec":
      return (
        <SpecEdit
          draft={draft.spec ?? toDraft(input.spec)}
          original={toDraft(input.original)}
          problems={{ ...placeProblems(fields), ...draft.problems }}
          inventory={inventory.data ?? null}
          onChange={(spec) => {
            onDraft({ ...draft, spec, problems: {} });
          }}
        />
      );
  }
}

/** The draft as what is sent; `changed` against the last attempt, `refusal` says why it cannot be sent as it is. */
function editOf(
  input: StepInput,
  draft: EditDraft,
): { changed: boolean; edit?: StepEdit; problems?: SpecProblems; refusal?: string } {
  switch (input.kind) {
    case "script": {
      const script = draft.script ?? input.script;
      return script.trim() === ""
        ? { changed: true, refusal: "An empty script does nothing." }
        : { changed: script !== input.script, edit: { script } };
    }
    case "packages": {
      const packages = draft.packages ?? input.packages;
      return { changed: packages.join(" ") !== input.packages.join(" "), edit: { packages } };
    }
    case "spec": {
      const read = toEdit(draft.spec ?? toDraft(input.spec), input.spec);
      if ("problems" in read) return { changed: true, problems: read.problems };
      return { changed: Object.keys(read.edit).length > 0, edit: { spec: read.edit } };
    }
  }
}
