"use client";
// What was found on the container: where it answers, and its credentials for whoever asks.
import { Button } from "@homeport/ui/button";
import { Card } from "@homeport/ui/card";
import { CopyButton } from "@homeport/ui/copy-button";
import { EmptyState } from "@homeport/ui/empty-state";
import { Eye, EyeOff } from "lucide-react";
import { useRoleRefusal } from "@/lib/project/use-role";
import { trpc } from "@/lib/trpc";
import { ServiceLink } from "@/components/service-links";

export function ContainerServices({ id }: { id: string }) {
  const { data: container } = trpc.containers.get.useQuery({ id });
  if (!container) return null;
  const up = container.state === "running";
  if (container.services.length === 0)
    return (
      <Card>
        <EmptyState title="No services">
          {container.lifecycle === "creating"
            ? "They are discovered at the end of the creation."
            : "None was found when it was created: the template registers none."}
        </EmptyState>
      </Card>
    );
  return (
    <div className="flex flex-col gap-3">
      {container.services.map((service) => (
        <Card key={service.name} className="[&>div]:py-3">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <span className="min-w-32 font-medium">
              <ServiceLink service={service} />
            </span>
            <span className="text-table text-muted">
              {service.kind}
              {service.port !== null && (
                <>
                  , port <span className="font-mono">{service.port}</span>
                </>
              )}
            </span>
            <span className="text-table text-muted">{up ? "The container is up" : "The container is not running"}</span>
            {container.address && service.port !== null && (
              <span className="inline-flex items-center font-mono text-meta">
                {container.address}:{service.port}
                <CopyButton value={`${container.address}:${service.port}`} label="Copy the address" />
              </span>
            )}
          </div>
          {service.hasCredentials && <Credentials id={id} service={service.name} />}
        </Card>
      ))}
    </div>
  );
}

/** Opened by the server at the click, which it notes; gone from the page's memory when hidden or left. */
function Credentials({ id, service }: { id: string; service: string }) {
  const reveal = trpc.containers.revealCredentials.useMutation({ gcTime: 0 });
  const shown = reveal.data;
  const refusal = useRoleRefusal("secret:read");
  return (
    <div className="mt-3 border-t pt-3">
      <div className="flex flex-wrap items-center gap-3">
        {shown ? (
          <Button
            size="sm"
            onClick={() => {
              reveal.reset();
            }}
          >
            <EyeOff aria-hidden />
            Hide
          </Button>
        ) : (
          <Button
            size="sm"
            pending={reveal.isPending}
            disabledReason={refusal}
            onClick={() => {
              reveal.mutate({ id, service });
            }}
          >
            <Eye aria-hidden />
            Show credentials
          </Button>
        )}
        {!shown && !reveal.error && (
          <span className="text-meta text-muted">Showing them is noted in the activity.</span>
        )}
        {reveal.error && (
          <span role="alert" className="text-table text-bad">
            {reveal.error.message}
          </span>
        )}
      </div>
      {shown && (
        <dl className="mt-3 grid grid-cols-[max-content_minmax(0,1fr)] items-center gap-x-4 gap-y-1 text-table">
          {Object.entries(shown).map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="flex min-w-0 items-center gap-1 font-mono text-meta">
                <span className="break-all">{value}</span>
                <CopyButton value={value} label={`Copy ${name}`} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
