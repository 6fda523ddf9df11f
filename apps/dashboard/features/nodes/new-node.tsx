"use client";
// The first moment of adding a node: where it is and who Homeport is there.
import { CreateNodeInput, NodeLimits } from "@homeport/domain/node/node-input";
import { Button } from "@homeport/ui/button";
import { Field } from "@homeport/ui/field";
import { Form } from "@homeport/ui/form";
import { Input } from "@homeport/ui/input";
import { PageHeader } from "@homeport/ui/page-header";
import { Textarea } from "@homeport/ui/textarea";
import { zodResolver } from "@hookform/resolvers/zod";
import { Link } from "@/components/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useForm, type UseFormRegister } from "react-hook-form";
import { FormError } from "@/components/form-error";
import { placeErrors } from "@/lib/field-errors";
import { trpc } from "@/lib/trpc";
import { Moments } from "./moments";
import { NodeFields, type PlaceValues } from "./node-fields";

export function NewNode() {
  const router = useRouter();
  const utils = trpc.useUtils();
  const [problem, setProblem] = useState<string>();
  const [withSsh, setWithSsh] = useState(true);
  const form = useForm({
    resolver: zodResolver(CreateNodeInput),
    defaultValues: {
      name: "pve",
      host: "",
      port: 8006,
      tokenId: "root@pam!homeport",
      tokenSecret: "",
      sshUser: "root",
      sshPort: 22,
      sshPassword: "",
      sshPrivateKey: "",
      vmidFrom: null,
      vmidTo: null,
      createsAtOnce: NodeLimits.createsAtOnce,
      tasksAtOnce: NodeLimits.tasksAtOnce,
    } as CreateNodeInput,
  });
  const create = trpc.nodes.create.useMutation({
    onSuccess: ({ id }) => {
      void utils.nodes.drafts.invalidate();
      router.push(`/nodes/${id}/confirm`);
    },
    onError: (error) => {
      setProblem(placeErrors(form, error));
    },
  });
  const { errors } = form.formState;
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader title="Add a node" />
      <Moments current="where" />
      <Form
        className="grid gap-4"
        onSubmit={(event) =>
          void form.handleSubmit((values) => {
            setProblem(undefined);
            if (withSsh && values.sshUser === "") {
              form.setError(
                "sshUser",
                { message: "A user of the node, such as root; or switch SSH off." },
                { shouldFocus: true },
              );
              return;
            }
            create.mutate(values);
          })(event)
        }
      >
        <NodeFields
          // The place's inputs are among this form's, by the same names.
          register={form.register as unknown as UseFormRegister<PlaceValues>}
          errors={errors}
          withSsh={withSsh}
          onWithSsh={(on) => {
            setWithSsh(on);
            form.setValue("sshUser", on ? "root" : "");
            form.setValue("sshPassword", "");
            form.setValue("sshPrivateKey", "");
            form.clearErrors(["sshUser", "sshPort", "sshPassword", "sshPrivateKey"]);
          }}
          token={
            <Field
              label="Token secret"
              hint="Proxmox shows it once, when the token is made."
              error={errors.tokenSecret?.message}
            >
              {(control) => (
                <Input {...control} mono type="password" autoComplete="off" {...form.register("tokenSecret")} />
              )}
            </Field>
          }
          ssh={
            <>
              <Field label="Password" optional error={errors.sshPassword?.message}>
                {(control) => (
                  <Input {...control} type="password" autoComplete="off" {...form.register("sshPassword")} />
                )}
              </Field>
              <Field
                label="Private key"
                optional
                hint="In PEM or OpenSSH form, without a passphrase. Either this or the password."
                error={errors.sshPrivateKey?.message}
              >
                {(control) => <Textarea {...control} mono rows={4} {...form.register("sshPrivateKey")} />}
              </Field>
            </>
          }
        />
        <FormError message={problem} />
        <p className="text-table text-muted">
          Next, Homeport looks only at the machine&apos;s certificate and host key. Nothing of yours is sent before you
          have confirmed them.
        </p>
        <div className="flex justify-end gap-2">
          <Button asChild>
            <Link href="/nodes">Cancel</Link>
          </Button>
          <Button type="submit" variant="primary" pending={create.isPending || create.isSuccess}>
            Check connection
          </Button>
        </div>
      </Form>
    </div>
  );
}
