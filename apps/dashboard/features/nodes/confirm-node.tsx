"use client";
// "Is this the machine?": nothing is sent to it before a person has compared its keys.
import type { NodeView } from "@homeport/api";
import { nodeCommands } from "@homeport/domain/node/node-commands";
import { nodeReasonText } from "@homeport/domain/text/node-reason";
import { Banner } from "@homeport/ui/banner";
import { Button } from "@homeport/ui/button";
import { Card } from "@homeport/ui/card";
import { DefinitionList } from "@homeport/ui/definition-list";
import { ErrorState } from "@homeport/ui/error-state";
import { Mono } from "@homeport/ui/mono";
import { PageHeader } from "@homeport/ui/page-header";
import { Skeleton, SkeletonGroup } from "@homeport/ui/skeleton";
import { Link } from "@/components/link";
import { useRouter } from "next/navigation";
import { QueryError } from "@/components/query-error";
import { trpc } from "@/lib/trpc";
import { Fingerprint } from "./fingerprint";
import { Moments } from "./moments";
import { useNode } from "./use-nodes";

export function ConfirmNode({ id }: { id: string }) {
  const node = useNode(id);
  if (node.data) return <Loaded node={node.data} />;
  if (node.error)
    return (
      <QueryError
        error={node.error}
        what="This node"
        onRetry={() => void node.refetch()}
        retrying={node.isFetching}
        back={{ href: "/nodes", label: "All nodes" }}
      />
    );
  return (
    <SkeletonGroup className="mx-auto grid max-w-3xl gap-4">
      <Skeleton className="h-7 w-64" />
      <Skeleton className="h-72" />
    </SkeletonGroup>
  );
}

function Loaded({ node }: { node: NodeView }) {
  const router = useRouter();
  const utils = trpc.useUtils();
  const confirm = trpc.nodes.confirm.useMutation({
    onSuccess: () => {
      void utils.nodes.invalidate();
      router.push(`/nodes/${node.id}`);
    },
    // What was shown may be old by now: look at what is seen now.
    onError: () => void utils.nodes.get.invalidate({ id: node.id }),
  });
  const probe = trpc.nodes.probe.useMutation({ onSuccess: () => void utils.nodes.get.invalidate({ id: node.id }) });
  const { seenTlsFingerprint: seenTls, seenSshHostKey: seenSsh, seenCertificate: certificate } = node;
  const changed = node.state === "key_changed";
  const wantsSsh = node.sshUser !== null && node.sshUser !== "";
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        title="Is this the machine?"
        description={
          <>
            What answers at{" "}
            <Mono>
              {node.host}:{node.port}
            </Mono>
            {wantsSsh && (
              <>
                {" "}
                and{" "}
                <Mono>
                  {node.host}:{node.sshPort}
                </Mono>
              </>
            )}
            . Compare it with what the machine itself prints.
          </>
        }
      />
      {node.draftUntil !== null && <Moments current="confirm" changing={node.replacesId !== null} />}
      {changed && (
        <Banner tone="bad" className="mb-4" title={`${node.name} shows other keys than the ones you confirmed.`}>
          Either the machine was installed anew or its certificate renewed, or something else answers in its place.
          Nothing is sent there until you decide. Its containers keep running.
        </Banner>
      )}
      {seenTls === null ? (
        <Waiting
          node={node}
          onAgain={() => {
            probe.mutate({ id: node.id });
          }}
          asking={probe.isPending}
          problem={probe.error?.message}
        />
      ) : (
        <div className="grid gap-4">
          <Card>
            <div className="grid gap-6">
              <Fingerprint
                title="TLS certificate, SHA-256"
                seen={seenTls}
                pinned={node.tlsFingerprint}
                command={nodeCommands.tlsFingerprint()}
              />
              {certificate && (
                <DefinitionList
                  items={[
                    { term: "Issued to", value: certificate.subject },
                    { term: "Issued by", value: certificate.issuer },
                    { term: "For", value: certificate.names.join(", ") },
                    { term: "Valid", value: `${day(certificate.notBefore)} to ${day(certificate.notAfter)}` },
                  ]}
                />
              )}
              {wantsSsh && (
                <Fingerprint
                  title="SSH host key"
                  seen={seenSsh}
                  pinned={node.sshHostKey}
                  command={nodeCommands.sshFingerprints()}
                />
              )}
            </div>
          </Card>
          {wantsSsh && seenSsh === null && !node.probing && (
            <Banner tone="wait" title="SSH did not answer.">
              {node.stateReason ? nodeReasonText(node.stateReason) : "Only plain containers can be made until it does."}{" "}
              You can confirm the certificate alone and check again later.
            </Banner>
          )}
          {confirm.error && <Banner tone="bad" title={confirm.error.message} />}
          <div className="flex flex-wrap justify-end gap-2">
            <Button asChild>
              <Link href={`/nodes/${node.id}`}>Not now</Link>
            </Button>
            <Button
              pending={probe.isPending || node.probing}
              onClick={() => {
                probe.mutate({ id: node.id });
              }}
            >
              Check again
            </Button>
            <Button
              variant={changed ? "danger" : "primary"}
              pending={confirm.isPending || confirm.isSuccess}
              disabledReason={
                node.probing && seenSsh === null && wantsSsh ? "Its SSH host key is being asked for." : undefined
              }
              onClick={() => {
                confirm.mutate({ id: node.id, tlsFingerprint: seenTls, sshHostKey: wantsSsh ? seenSsh : null });
              }}
            >
              {changed ? "Trust the new keys" : "Yes, this is the machine"}
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}

function Waiting({
  node,
  onAgain,
  asking,
  problem,
}: {
  node: NodeView;
  onAgain: () => void;
  asking: boolean;
  problem: string | undefined;
}) {
  if (node.probing || asking) {
    return (
      <Card>
        <SkeletonGroup label="Asking the machine for its keys" className="grid gap-3">
          <p>
            Asking{" "}
            <Mono>
              {node.host}:{node.port}
            </Mono>{" "}
            for its certificate …
          </p>
          <Skeleton className="h-16" />
          <Skeleton className="h-16" />
        </SkeletonGroup>
      </Card>
    );
  }
  return (
    <ErrorState
      title={`${node.host}:${node.port} showed no certificate.`}
      onRetry={onAgain}
      actions={
        <Button asChild>
          <Link href={`/nodes/${node.id}/edit`}>Edit where it is</Link>
        </Button>
      }
      unaffected={
        node.draftUntil === null
          ? "Nothing was sent to it."
          : "Nothing was sent to it. What you entered is kept for half an hour, and can be corrected."
      }
    >
      {problem ?? (node.stateReason ? nodeReasonText(node.stateReason) : "It was not reached yet.")}
    </ErrorState>
  );
}

const dayFormat = new Intl.DateTimeFormat("en", { dateStyle: "medium" });

function day(text: string): string {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : dayFormat.format(date);
}
