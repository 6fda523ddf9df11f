"use client";
// What a project may use of a node that is shared into it: how much, which storages, bridges, templates and VMIDs, and whether privileged.
import type { NodeShare } from "@homeport/api";
import { Checkbox } from "@homeport/ui/checkbox";
import { toast } from "@homeport/ui/toast";
import { useState } from "react";
import { FormDialog } from "@/components/form-dialog";
import { NumberField } from "@/components/number-field";
import { QuotaFields } from "@/components/quota/quota-fields";
import { outcomeTitle } from "@/lib/requests/answer";
import { trpc } from "@/lib/trpc";
import { NamesChoice } from "./names-choice";
import { type LimitsProblems, problemsOf, readLimits, toForm } from "./share-limits-form";

interface Props {
  node: { id: string; name: string };
  share: NodeShare;
  onClose: () => void;
}

export function ShareLimitsDialog({ node, share: { project, limits, used }, onClose }: Props) {
  const utils = trpc.useUtils();
  const inventory = trpc.nodes.inventory.useQuery({ id: node.id });
  const templates = trpc.templates.list.useQuery();
  const [form, setForm] = useState(() => toForm(limits));
  const [problems, setProblems] = useState<LimitsProblems>({});
  const save = trpc.nodes.limitShare.useMutation({
    onSettled: () => void utils.nodes.invalidate(),
    onSuccess: () => {
      onClose();
      toast.success(`What ${project.name} may use of ${node.name} is saved.`);
    },
    onError: (error) => {
      setProblems(problemsOf(error.data?.fields));
      // With the share its row goes, and this dialog.
      if (error.data?.appCode === "not_found")
        toast.error(outcomeTitle(error, "Nothing was saved."), {
          description: `${node.name} is not shared into ${project.name} any more.`,
        });
    },
  });
  const submit = (): void => {
    const read = readLimits(form);
    setProblems("problems" in read ? read.problems : {});
    if ("limits" in read) save.mutate({ id: node.id, projectId: project.id, limits: read.limits });
  };
  const change = (part: Partial<typeof form>): void => {
    setForm({ ...form, ...part });
  };
  const refused = save.error === null || Object.keys(problems).length > 0 ? undefined : save.error;
  return (
    <FormDialog
      title={`What ${project.name} may use of ${node.name}`}
      description="It holds for what is created from now on, by everybody but you. What is there stays, and counts."
      action="Save"
      pending={save.isPending}
      problems={problems}
      refused={refused && `${outcomeTitle(refused, "The limits are as they were.")} ${refused.message}`}
      onSubmit={submit}
      onClose={onClose}
    >
      <QuotaFields
        texts={form.quota}
        problems={problems.quota ?? {}}
        used={used}
        onChange={(quota) => {
          change({ quota });
        }}
      />
      <NamesChoice
        title="Storages"
        offered={(inventory.data?.storages ?? []).filter((one) => one.forContainers).map(({ name }) => name)}
        chosen={form.storages}
        problem={problems.storages}
        onChange={(storages) => {
          change({ storages });
        }}
      />
      <NamesChoice
        title="Bridges"
        offered={(inventory.data?.bridges ?? []).map(({ name }) => name)}
        chosen={form.bridges}
        problem={problems.bridges}
        onChange={(bridges) => {
          change({ bridges });
        }}
      />
      <NamesChoice
        title="Templates"
        offered={(templates.data ?? []).map(({ name }) => name)}
        chosen={form.templates}
        problem={problems.templates}
        onChange={(chosen) => {
          change({ templates: chosen });
        }}
      />
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
        {(["vmidFrom", "vmidTo"] as const).map((end) => (
          <NumberField
            key={end}
            label={end === "vmidFrom" ? "First VMID" : "Last VMID"}
            hint={end === "vmidFrom" ? "In place of the node's own range." : undefined}
            error={problems[end]}
            placeholder="As the node"
            value={form[end]}
            onChange={(text) => {
              change({ [end]: text });
            }}
          />
        ))}
      </div>
      <Checkbox
        checked={form.privileged}
        label="Privileged containers"
        hint="Root in a privileged container is close to root on your node."
        onCheckedChange={(privileged) => {
          change({ privileged });
        }}
      />
    </FormDialog>
  );
}
