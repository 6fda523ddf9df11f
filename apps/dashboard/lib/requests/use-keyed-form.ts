"use client";
// A form whose click makes something once: the key of what was typed, and what the server said of it.
import { useState } from "react";
import type { FieldValues, UseFormReturn } from "react-hook-form";
import { placeErrors } from "../field-errors";
import type { ApiError } from "../trpc";
import { isRefused, outcomeTitle } from "./answer";
import { createKeys } from "./keys";

export function useKeyedForm<Values extends FieldValues>(form: UseFormReturn<Values>) {
  const [keys] = useState(createKeys);
  /** What is left to be said of the whole form. */
  const [problem, setProblem] = useState<string>();
  return {
    problem,
    keyed: (values: Values): Values & { requestKey: string } => {
      setProblem(undefined);
      return { ...values, requestKey: keys.of(values) };
    },
    refused: (error: ApiError, { requestKey: _, ...values }: { requestKey: string }): void => {
      if (isRefused(error)) keys.renew(values);
      const left = placeErrors(form, error);
      setProblem(left === undefined ? undefined : `${outcomeTitle(error, "Nothing was created.")} ${left}`);
    },
  };
}
