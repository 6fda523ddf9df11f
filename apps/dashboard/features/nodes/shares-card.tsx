"use client";
// Into which projects a node is shared: whoever may create there makes containers on it, and sees nothing of how it is reached.
import type { NodeShare, NodeView } from "@homeport/api";
import { may } from "@homeport/domain/access/permission";
import { Button } from "@homeport/ui/button";
import { Card } from "@homeport/ui/card";
import { Field } from "@homeport/ui/field";
import { Form } from "@homeport/ui/form";
import { Select } from "@homeport/ui/select";
import { toast } from "@homeport/ui/toast";
import dynamic from "next/dynamic";
import { useState } from "react";
import { FormError } from "@/components/form-error";
import { Link } from "@/components/link";
import { QueryError } from "@/components/query-error";
import { projectHref } from "@/lib/project/address";
import { useProjects } from "@/lib/project/project-provider";
import { outcomeTitle } from "@/lib/requests/answer";
import { trpc } from "@/lib/trpc";
import { limitsText } from "./share-limits-text";

const ShareLimitsDialog = dynamic(async () => (await import("./share-limits")).ShareLimitsDialog, { ssr: false });

export function SharesCard({ node: { id, name } }: { node: NodeView }) {
  const shares = trpc.nodes.shares.useQuery({ id });
  const shared = new Set(shares.data?.map(({ project }) => project.id));
  const possible = useProjects().filter((project) => may(project.role, "container:write") && !shared.has(project.id));
  return (
    <Card
      flush
      title="Shared into projects"
      hint="Who may create there makes containers on it. Its settings, keys and removal stay yours."
    >
      {shares.data === undefined && shares.error && (
        <QueryError
          error={shares.error}
          what="The list of projects"
          onRetry={() => void shares.refetch()}
          retrying={shares.isFetching}
        />
      )}
      {shares.data?.length === 0 && <p className="px-4 pt-3 text-table text-muted">None: only you can use it.</p>}
      <ul>
        {shares.data?.map((share) => (
          <ShareRow key={share.project.id} share={share} node={{ id, name }} />
        ))}
      </ul>
      {shares.data && possible.length > 0 && (
        <ShareForm
          nodeId={id}
          projects={possible.map((project) => ({
            value: project.id,
            label: project.name,
            hint: project.organization.name,
          }))}
        />
      )}
    </Card>
  );
}

function ShareRow({ share, node }: { share: NodeShare; node: { id: string; name: string } }) {
  const { project } = share;
  const [limiting, setLimiting] = useState(false);
  const utils = trpc.useUtils();
  const unshare = trpc.nodes.unshare.useMutation({
    onError: (error) => {
      toast.error(outcomeTitle(error, `${node.name} is shared as it was.`), { description: error.message });
    },
    onSettled: () => void utils.nodes.invalidate(),
  });
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b px-4 py-2">
      <div className="min-w-0 flex-1 basis-40">
        <Link href={projectHref(project.slug, "/")} className="break-words hover:underline">
          {project.name}
        </Link>
        <p className="text-meta break-words text-muted">{limitsText(share)}</p>
      </div>
      <Button
        size="sm"
        aria-label={`Limits of ${project.name}`}
        onClick={() => {
          setLimiting(true);
        }}
      >
        Limits
      </Button>
      {limiting && (
        <ShareLimitsDialog
          node={node}
          share={share}
          onClose={() => {
            setLimiting(false);
          }}
        />
      )}
      <Button
        size="sm"
        pending={unshare.isPending}
        aria-label={`Stop sharing into ${project.name}`}
        onClick={() => {
          unshare.mutate({ id: node.id, projectId: project.id });
        }}
      >
        Stop sharing
      </Button>
    </li>
  );
}

function ShareForm({
  nodeId,
  projects,
}: {
  nodeId: string;
  projects: readonly { value: string; label: string; hint: string }[];
}) {
  const utils = trpc.useUtils();
  const [chosen, setChosen] = useState<string>();
  const share = trpc.nodes.share.useMutation({
    onSuccess: () => {
      setChosen(undefined);
    },
    onSettled: () => void utils.nodes.invalidate(),
  });
  return (
    <Form
      className="grid gap-3 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen !== undefined) share.mutate({ id: nodeId, projectId: chosen });
      }}
    >
      <Field
        label="Share into"
        hint="It begins without limits, but for privileged containers: set them once it is shared."
      >
        {(control) => (
          <span className="flex items-center gap-2">
            <Select
              {...control}
              className="flex-1"
              value={chosen}
              placeholder="Choose a project"
              onValueChange={setChosen}
              options={projects}
            />
            <Button
              type="submit"
              pending={share.isPending}
              disabledReason={chosen === undefined ? "Choose a project first." : undefined}
            >
              Share
            </Button>
          </span>
        )}
      </Field>
      <FormError
        message={
          share.error === null ? undefined : `${outcomeTitle(share.error, "It was not shared.")} ${share.error.message}`
        }
      />
    </Form>
  );
}
