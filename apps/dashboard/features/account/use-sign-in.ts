"use client";
// Signing in by password, and by a code or a passkey where the account asks for one: it is asked for once the password was right.
import type { Me } from "@homeport/api";
import type { SignInInput } from "@homeport/domain/account/account-input";
import { useEffect, useState } from "react";
import type { UseFormReturn } from "react-hook-form";
import { placeErrors } from "@/lib/field-errors";
import { trpc } from "@/lib/trpc";

/** What is asked for besides a password that was right. */
export interface Asks {
  by: "code" | "passkey";
  sentence: string;
}

const askedBy: Record<string, Asks["by"]> = {
  "sign_in.code_needed": "code",
  "sign_in.passkey_needed": "passkey",
};

export function useSignIn(form: UseFormReturn<SignInInput>, onSuccess: (me: Me) => void) {
  const [asks, setAsks] = useState<Asks>();
  const [problem, setProblem] = useState<string>();
  const { watch, setValue } = form;
  useEffect(() => {
    const { unsubscribe } = watch((_, { name }) => {
      if (name !== "email") return;
      // Another account asks for something else, and a code of this one is none of its.
      setAsks(undefined);
      setValue("code", "");
    });
    return unsubscribe;
  }, [watch, setValue]);
  const signIn = trpc.auth.signIn.useMutation({
    onSuccess,
    onError: (error) => {
      // The password was right: what is missing is no mistake of theirs.
      const by = askedBy[error.data?.refusal ?? ""];
      if (by === undefined) setProblem(placeErrors(form, error));
      else if (asks === undefined) setAsks({ by, sentence: error.message });
      else form.setError("code", { message: error.message });
    },
  });
  return {
    asks,
    problem,
    setProblem,
    signIn,
    submit: form.handleSubmit((values) => {
      setProblem(undefined);
      signIn.mutate(values);
    }),
  };
}
