"use client";
// Until when a container is lent, and what becomes of it then.
import type { ContainerDetail } from "@homeport/api";
import { Field } from "@homeport/ui/field";
import { Input } from "@homeport/ui/input";
import { toast } from "@homeport/ui/toast";
import { useState } from "react";
import { FormDialog } from "@/components/form-dialog";
import { momentText } from "./moment";
import { outcomeTitle } from "@/lib/requests/answer";
import { trpc } from "@/lib/trpc";
import { GraceField } from "./grace-field";

interface Props {
  id: string;
  hostname: string;
  lease: ContainerDetail["lease"];
  onClose: () => void;
}

const WEEK_MS = 7 * 86_400_000;
type Problems = Partial<Record<"endsAt" | "graceHours", string>>;

export function SetLeaseDialog({ id, hostname, lease, onClose }: Props) {
  const utils = trpc.useUtils();
  const [endsAt, setEndsAt] = useState(() => toLocal(proposed(lease?.endsAt)));
  const [graceHours, setGraceHours] = useState(lease?.graceHours ?? null);
  const [problems, setProblems] = useState<Problems>({});
  const set = trpc.leases.set.useMutation({
    onSuccess: (term) => {
      toast.success(`${hostname} is lent until ${momentText(term.endsAt)}.`);
      onClose();
    },
    onError: (error) => {
      setProblems(error.data?.fields ?? {});
    },
    onSettled: () => void utils.containers.get.invalidate({ id }),
  });
  const submit = (): void => {
    const at = new Date(endsAt);
    const problem = Number.isNaN(at.getTime()) ? { endsAt: "Choose a date and a time." } : {};
    setProblems(problem);
    if (problem.endsAt === undefined) set.mutate({ id, endsAt: at.toISOString(), graceHours });
  };
  const refused = set.error === null || Object.keys(problems).length > 0 ? undefined : set.error;
  return (
    <FormDialog
      title={`Until when is ${hostname} lent?`}
      description="It is shut down then, unless somebody extends the lease. Who made it and who lends it are mailed before."
      action="Lend it"
      pending={set.isPending}
      problems={problems}
      refused={refused && `${outcomeTitle(refused, "The lease is as it was.")} ${refused.message}`}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label="Lent until" hint="In your own time." error={problems.endsAt}>
        {(control) => (
          <Input
            {...control}
            type="datetime-local"
            value={endsAt}
            onChange={(event) => {
              setEndsAt(event.target.value);
            }}
          />
        )}
      </Field>
      <GraceField hours={graceHours} error={problems.graceHours} onChange={setGraceHours} />
    </FormDialog>
  );
}

/** As it is; of one that is over, or that is not there, a week from now. */
function proposed(endsAt: Date | undefined): Date {
  const now = Date.now();
  return endsAt !== undefined && endsAt.getTime() > now ? endsAt : new Date(now + WEEK_MS);
}

/** As the input has it: the reader's own time, without a zone. */
function toLocal(at: Date): string {
  const shifted = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}
