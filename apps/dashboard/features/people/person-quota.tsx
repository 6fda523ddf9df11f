"use client";
// How much one person may have created, wherever.
import type { PersonView } from "@homeport/api";
import { isLimited, noQuota, QuotaParts } from "@homeport/domain/quota/quota";
import { amountText } from "@homeport/domain/text/quota";
import { Button } from "@homeport/ui/button";
import { toast } from "@homeport/ui/toast";
import { useState } from "react";
import { FormDialog } from "@/components/form-dialog";
import { QuotaFields } from "@/components/quota/quota-fields";
import { type QuotaProblems, problemsOf, readQuota, toTexts } from "@/components/quota/quota-form";
import { outcomeTitle } from "@/lib/requests/answer";
import { trpc } from "@/lib/trpc";

export function PersonQuota({ person }: { person: Pick<PersonView, "id" | "name" | "quota"> }) {
  const [asks, setAsks] = useState(false);
  return (
    <>
      <Button
        size="sm"
        aria-label={`Quota of ${person.name}`}
        onClick={() => {
          setAsks(true);
        }}
      >
        Quota
      </Button>
      {asks && (
        <QuotaDialog
          person={person}
          onClose={() => {
            setAsks(false);
          }}
        />
      )}
    </>
  );
}

/** "at most 3 containers, 8 cores"; undefined: without a limit. */
export function quotaText(quota: PersonView["quota"]): string | undefined {
  if (quota === null) return undefined;
  const parts = QuotaParts.flatMap((part) => (quota[part] === null ? [] : [amountText(part, quota[part])]));
  return `at most ${parts.join(", ")}`;
}

function QuotaDialog({
  person: { id, name, quota },
  onClose,
}: {
  person: Pick<PersonView, "id" | "name" | "quota">;
  onClose: () => void;
}) {
  const utils = trpc.useUtils();
  const [texts, setTexts] = useState(() => toTexts(quota ?? noQuota));
  const [problems, setProblems] = useState<QuotaProblems>({});
  const set = trpc.people.setQuota.useMutation({
    onSettled: () => void utils.people.list.invalidate(),
    onSuccess: (saved) => {
      onClose();
      toast.success(isLimited(saved) ? `The quota of ${name} is saved.` : `${name} has no limit now.`);
    },
    onError: (error) => {
      setProblems(problemsOf(error.data?.fields));
    },
  });
  const save = (): void => {
    const read = readQuota(texts);
    setProblems("problems" in read ? read.problems : {});
    if ("quota" in read) set.mutate({ id, quota: read.quota });
  };
  const refused = set.error === null || Object.keys(problems).length > 0 ? undefined : set.error;
  return (
    <FormDialog
      title={`Quota of ${name}`}
      description="What they may have created altogether, in all projects and on all nodes, their own nodes included. What is there stays."
      action="Save"
      pending={set.isPending}
      problems={problems}
      refused={refused && `${outcomeTitle(refused, "Their quota is as it was.")} ${refused.message}`}
      onSubmit={save}
      onClose={onClose}
    >
      <QuotaFields texts={texts} problems={problems} used={undefined} onChange={setTexts} />
    </FormDialog>
  );
}
