"use client";
// For how long new containers of a project are lent.
import { may } from "@homeport/domain/access/permission";
import type { LeaseDefault } from "@homeport/domain/lease/lease-input";
import { lentForText } from "@homeport/domain/text/lease";
import { Button } from "@homeport/ui/button";
import { Card } from "@homeport/ui/card";
import { Form } from "@homeport/ui/form";
import { toast } from "@homeport/ui/toast";
import { useState } from "react";
import { FormError } from "@/components/form-error";
import { ListStates } from "@/components/list-states";
import { NumberField } from "@/components/number-field";
import { useProject } from "@/lib/project/project-provider";
import { outcomeTitle } from "@/lib/requests/answer";
import { trpc } from "@/lib/trpc";
import { GraceField } from "./grace-field";

const HINT =
  "For how long containers that are created here are lent, where their template says nothing. Those that are there keep what they have.";

export function ProjectLease() {
  const { id: projectId, role } = useProject();
  const view = trpc.leases.ofProject.useQuery({ projectId });
  const mayChange = may(role, "project:write");
  return (
    <Card title="Lease of new containers" hint={mayChange ? HINT : `${HINT} An owner or administrator sets it.`}>
      <ListStates of={view} what="The lease" loading="Loading the lease" />
      {view.data !== undefined &&
        (mayChange ? (
          <LeaseForm projectId={projectId} stored={view.data} />
        ) : (
          <p>{view.data === null ? "New containers are not lent." : lentForText("New containers are", view.data)}</p>
        ))}
    </Card>
  );
}

function LeaseForm({ projectId, stored }: { projectId: string; stored: LeaseDefault | null }) {
  const utils = trpc.useUtils();
  // What was typed; until then what is stored, also when a colleague changes it.
  const [typed, setTyped] = useState<{ days?: string; graceDays?: number | null }>({});
  const { days = stored === null ? "" : String(stored.days), graceDays = stored?.graceDays ?? null } = typed;
  const [problem, setProblem] = useState<string>();
  const set = trpc.leases.setOfProject.useMutation({
    onError: (error) => {
      setProblem(error.data?.fields?.["lease.days"]);
    },
    onSuccess: async (lease) => {
      await utils.leases.ofProject.invalidate({ projectId });
      setTyped({});
      toast.success(lease === null ? "New containers are not lent." : lentForText("New containers are", lease));
    },
  });
  const save = (): void => {
    const text = days.trim();
    const isNumber = /^\d*$/.test(text);
    setProblem(isNumber ? undefined : "A whole number of days, or nothing: they are not lent.");
    if (isNumber) set.mutate({ projectId, lease: text === "" ? null : { days: Number(text), graceDays } });
  };
  return (
    <Form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
        <NumberField
          label="Lent for (days)"
          hint={undefined}
          error={problem}
          placeholder="Not lent"
          value={days}
          onChange={(text) => {
            setTyped({ ...typed, days: text });
          }}
        />
        <GraceField
          inDays
          hours={graceDays === null ? null : graceDays * 24}
          onChange={(hours) => {
            setTyped({ ...typed, graceDays: hours === null ? null : hours / 24 });
          }}
        />
      </div>
      <FormError
        message={
          set.error && problem === undefined
            ? `${outcomeTitle(set.error, "The lease is as it was.")} ${set.error.message}`
            : undefined
        }
      />
      <div>
        <Button type="submit" variant="primary" pending={set.isPending}>
          Set the lease
        </Button>
      </div>
    </Form>
  );
}
