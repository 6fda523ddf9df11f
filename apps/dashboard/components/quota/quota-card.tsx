"use client";
// How much the containers of a project or of an organization may take altogether, and what they take now.
import type { QuotaView } from "@homeport/api";
import { type QuotaChange, QuotaParts } from "@homeport/domain/quota/quota";
import { amountText, quotaPartText, shareText } from "@homeport/domain/text/quota";
import { Button } from "@homeport/ui/button";
import { Card } from "@homeport/ui/card";
import { DefinitionList } from "@homeport/ui/definition-list";
import { Form } from "@homeport/ui/form";
import { toast } from "@homeport/ui/toast";
import { useState } from "react";
import { FormError } from "../form-error";
import { ListStates } from "../list-states";
import { QuotaFields } from "./quota-fields";
import { StaleNote } from "../stale-note";
import { type QuotaProblems, problemsOf, type QuotaTexts, readQuota, toTexts } from "./quota-form";
import { outcomeTitle } from "@/lib/requests/answer";
import type { ApiError } from "@/lib/trpc";

/** Others take of it, and may set it. */
export const QUOTA_EVERY_MS = 15_000;

type Listed = Parameters<typeof ListStates>[0]["of"];

export interface QuotaCardProps {
  hint: string;
  view: Listed & { data: QuotaView | undefined; error: ApiError | null; dataUpdatedAt: number };
  /** Undefined: whoever sees it may set it. Else who may. */
  onlyBy: string | undefined;
  set: {
    /** What was changed alone: what a colleague set meanwhile stays. */
    mutate: (quota: QuotaChange, then: { onSuccess: () => void; onError: (error: ApiError) => void }) => void;
    isPending: boolean;
  };
}

export function QuotaCard({ hint, view, onlyBy, set }: QuotaCardProps) {
  return (
    <Card title="Quota" hint={onlyBy === undefined ? hint : `${hint} ${onlyBy}`}>
      <StaleNote error={view.error} updatedAt={view.dataUpdatedAt} />
      <ListStates of={view} what="The quota" loading="Loading the quota" />
      {view.data && onlyBy === undefined && <QuotaForm view={view.data} set={set} />}
      {view.data && onlyBy !== undefined && <QuotaList view={view.data} />}
    </Card>
  );
}

function QuotaList({ view: { quota, used } }: { view: QuotaView }) {
  return (
    <DefinitionList
      items={QuotaParts.map((part) => ({
        term: quotaPartText[part],
        value:
          quota[part] === null
            ? `${amountText(part, used[part])} taken, without a limit`
            : `${shareText(part, used[part], quota[part])} taken`,
      }))}
    />
  );
}

function QuotaForm({ view, set }: { view: QuotaView } & Pick<QuotaCardProps, "set">) {
  // What a colleague set meanwhile is shown, but not over what is being typed.
  const [typed, setTyped] = useState<Partial<QuotaTexts>>({});
  const stored = toTexts(view.quota);
  const texts = { ...stored, ...typed };
  const [problems, setProblems] = useState<QuotaProblems>({});
  const [refused, setRefused] = useState<string>();
  const save = (): void => {
    const read = readQuota(texts);
    setRefused(undefined);
    setProblems("problems" in read ? read.problems : {});
    if ("problems" in read) return;
    const changed = QuotaParts.filter((part) => typed[part] !== undefined);
    set.mutate(Object.fromEntries(changed.map((part) => [part, read.quota[part]])), {
      onSuccess: () => {
        setTyped((now) => withoutSent(now, texts));
        toast.success("The quota is set.");
      },
      onError: (error) => {
        const placed = problemsOf(error.data?.fields);
        setProblems(placed);
        if (Object.keys(placed).length === 0)
          setRefused(`${outcomeTitle(error, "The quota is as it was.")} ${error.message}`);
      },
    });
  };
  return (
    <Form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <QuotaFields
        texts={texts}
        problems={problems}
        used={view.used}
        onChange={(next) => {
          setTyped(
            Object.fromEntries(
              QuotaParts.filter((part) => next[part] !== stored[part]).map((part) => [part, next[part]]),
            ),
          );
        }}
      />
      <p className="text-meta text-muted">
        What is there stays, also where it is more than that. Memory is counted without swap; containers that failed
        count until they are deleted.
      </p>
      <FormError message={refused} />
      <div>
        <Button type="submit" variant="primary" pending={set.isPending}>
          Set the quota
        </Button>
      </div>
    </Form>
  );
}

/** What was typed while it was saved stays. */
function withoutSent(typed: Partial<QuotaTexts>, sent: QuotaTexts): Partial<QuotaTexts> {
  return Object.fromEntries(
    QuotaParts.flatMap((part) => {
      const text = typed[part];
      return text === undefined || text === sent[part] ? [] : [[part, text]];
    }),
  );
}
