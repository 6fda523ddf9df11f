"use client";
// Signing in by password, and by a code where the account asks for one: it is asked for once the password was right.
import type { Me } from "@homeport/api";
import type { SignInInput } from "@homeport/domain/account/account-input";
import { useState } from "react";
import type { UseFormReturn } from "react-hook-form";
import { placeErrors } from "@/lib/field-errors";
import { trpc } from "@/lib/trpc";

export function useSignIn(form: UseFormReturn<SignInInput>, onSuccess: (me: Me) => void) {
  const [asksCode, setAsksCode] = useState(false);
  const [problem, setProblem] = useState<string>();
  const signIn = trpc.auth.signIn.useMutation({
    onSuccess,
    onError: (error) => {
      // The password was right: what is missing is no mistake of theirs.
      if (error.data?.refusal === "sign_in.code_needed" && !asksCode) setAsksCode(true);
      else if (error.data?.refusal === "sign_in.code_needed") form.setError("code", { message: error.message });
      else setProblem(placeErrors(form, error));
    },
  });
  return {
    asksCode,
    problem,
    setProblem,
    signIn,
    submit: form.handleSubmit((values) => {
      setProblem(undefined);
      signIn.mutate(values);
    }),
  };
}
