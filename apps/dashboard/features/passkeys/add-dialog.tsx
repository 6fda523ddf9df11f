"use client";
// A new passkey: its name, what the device asks for, and with the first factor of the account the recovery codes, this once.
import type { PasskeyNameInput } from "@homeport/domain/account/passkey-input";
import { toast } from "@homeport/ui/toast";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { useForm } from "react-hook-form";
import { FormDialog } from "@/components/form-dialog";
import { RecoveryCodes } from "@/features/second-factor";
import { placeErrors } from "@/lib/field-errors";
import { endCeremony, madePasskey } from "@/lib/passkeys/ceremony";
import { trpc, type ApiError } from "@/lib/trpc";
import { NameField } from "./name-field";
import { nameRules } from "./rules";

export function AddDialog({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const utils = trpc.useUtils();
  const form = useForm<PasskeyNameInput>({ resolver: nameRules, defaultValues: { name: "" } });
  const factor = trpc.secondFactor.show.useQuery().data;
  const isFirst = factor !== undefined && factor.confirmedAt === null && factor.passkeys === 0;
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const begin = trpc.passkeys.beginRegister.useMutation();
  const register = trpc.passkeys.register.useMutation({
    onSettled: () => Promise.all([utils.passkeys.list.invalidate(), utils.secondFactor.show.invalidate()]),
  });
  const isClosed = useRef(false);
  const close = (): void => {
    // What is shown only once comes with the answer.
    if (register.isPending) return;
    isClosed.current = true;
    if (pending) void endCeremony();
    onClose();
  };
  const add = async ({ name }: PasskeyNameInput): Promise<void> => {
    setPending(true);
    setProblem(undefined);
    try {
      const options = await begin.mutateAsync({ name });
      if (isClosed.current) return;
      const answer = await madePasskey(options);
      if (answer === null || isClosed.current) return;
      const { recoveryCodes } = await register.mutateAsync({ name, answer });
      if (recoveryCodes.length > 0) return;
      onClose();
      toast.success(`The passkey ${name} is added.`);
    } catch (error) {
      setProblem(isOfApi(error) ? placeErrors(form, error) : String(error instanceof Error ? error.message : error));
    } finally {
      setPending(false);
    }
  };
  if (register.data !== undefined && register.data.recoveryCodes.length > 0)
    return (
      <RecoveryCodes
        title="The passkey is added"
        codes={register.data.recoveryCodes}
        onClose={() => {
          onClose();
          // Organizations that require a second factor are there from now on; not before the codes are kept.
          router.refresh();
        }}
      />
    );
  return (
    <FormDialog
      title="Add a passkey"
      description={`Your browser asks where it is to be kept: on this device, in a password manager, on a phone or a security key.${isFirst ? " As it is your first factor, your other sessions end, and you get recovery codes." : ""}`}
      action="Go on"
      pending={pending}
      problems={form.formState.errors}
      refused={problem}
      onSubmit={() => {
        if (!pending) void form.handleSubmit(add)();
      }}
      onClose={close}
    >
      <NameField register={form.register("name")} error={form.formState.errors.name?.message} />
    </FormDialog>
  );
}

/** By its name: each bundle has classes of its own. */
function isOfApi(error: unknown): error is ApiError {
  return error instanceof Error && error.name === "TRPCClientError";
}
