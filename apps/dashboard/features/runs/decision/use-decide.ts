"use client";
// Sends what a person decided about a run, once for each intention, and keeps the page true meanwhile.
import type { RunDetail } from "@homeport/api";
import type { Decision } from "@homeport/domain/run/run-state";
import type { StepEdit } from "@homeport/domain/run/step-edit";
import { toast } from "@homeport/ui/toast";
import { useState } from "react";
import { trpc, type ApiError } from "@/lib/trpc";
import { createKeys } from "@/lib/requests/keys";

/** Said when Temporal is away: the decision is in the database, and is handed over later. */
export const TAKEN_LATER = "Accepted. The engine is away; it is done as soon as it is back.";

export function useDecide(run: RunDetail, failure: { step: string; attempt: number }) {
  const [keys] = useState(createKeys);
  const utils = trpc.useUtils();
  const decide = trpc.runs.decide.useMutation({
    onSuccess: ({ delivered }) => {
      if (!delivered) toast(TAKEN_LATER);
    },
    onSettled: () => {
      void utils.runs.get.invalidate({ id: run.id });
    },
  });
  const send = (decision: Decision, { edit, onTaken }: { edit?: StepEdit; onTaken?: () => void } = {}): void => {
    const intention = { decision, failure, edit };
    const sent = { id: run.id, decision, requestKey: keys.of(intention), ...(edit === undefined ? {} : { edit }) };
    decide.mutate(sent, {
      onSuccess: () => {
        onTaken?.();
      },
      onError: (error) => {
        if (wasRead(error)) keys.renew(intention);
      },
    });
  };
  return {
    send,
    reset: decide.reset,
    error: decide.error,
    pending: decide.isPending ? decide.variables.decision : undefined,
    edits: decide.isPending && decide.variables.edit !== undefined,
  };
}

/** The server read and refused it: the next try is another intention. Without an answer it may have been taken. */
export const wasRead = (error: ApiError): boolean =>
  error.data?.appCode === "conflict" || error.data?.appCode === "invalid";
