"use client";
// Changing a node: its place, its token, its SSH; secrets stay unless they are replaced.
import type { NodeView } from "@homeport/api";
import { UpdateNodeInput } from "@homeport/domain/node/node-input";
import { Button } from "@homeport/ui/button";
import { Field } from "@homeport/ui/field";
import { Form } from "@homeport/ui/form";
import { Input } from "@homeport/ui/input";
import { PageHeader } from "@homeport/ui/page-header";
import { Skeleton, SkeletonGroup } from "@homeport/ui/skeleton";
import { Textarea } from "@homeport/ui/textarea";
import { toast } from "@homeport/ui/toast";
import { zodResolver } from "@hookform/resolvers/zod";
import { Link } from "@/components/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useForm, useWatch, type UseFormRegister } from "react-hook-form";
import { FormError } from "@/components/form-error";
import { QueryError } from "@/components/query-error";
import { placeErrors } from "@/lib/field-errors";
import { trpc } from "@/lib/trpc";
import { NodeFields, type PlaceValues } from "./node-fields";
import { Moments } from "./moments";
import { SecretField } from "./secret-field";
import { UnsavedChange } from "./unsaved";

export function EditNode({ id }: { id: string }) {
  const node = trpc.nodes.get.useQuery({ id });
  if (node.data) return <Loaded node={node.data} />;
  if (node.error)
    return (
      <QueryError
        error={node.error}
        what="This node"
        onRetry={() => void node.refetch()}
        retrying={node.isFetching}
        back={{ href: "/nodes", label: "All nodes" }}
      />
    );
  return (
    <SkeletonGroup className="mx-auto grid max-w-2xl gap-4">
      <Skeleton className="h-7 w-48" />
      <Skeleton className="h-52" />
      <Skeleton className="h-44" />
    </SkeletonGroup>
  );
}

/** What is tested before it takes effect; the rest is saved at once. */
const reaching = ["host", "port", "tokenId", "sshUser", "sshPort", "sshPassword", "sshPrivateKey"] as const;

type Secret = "tokenSecret" | "sshPassword" | "sshPrivateKey";

function Loaded({ node }: { node: NodeView }) {
  const router = useRouter();
  const utils = trpc.useUtils();
  const [problem, setProblem] = useState<string>();
  const [withSsh, setWithSsh] = useState(Boolean(node.sshUser));
  const [replaced, setReplaced] = useState<Partial<Record<Secret, boolean>>>({});
  const { id, name, host, port, tokenId, sshPort, vmidFrom, vmidTo, createsAtOnce, tasksAtOnce } = node;
  const form = useForm({
    resolver: zodResolver(UpdateNodeInput),
    defaultValues: {
      id,
      name,
      host,
      port,
      tokenId,
      sshUser: node.sshUser ?? "",
      sshPort,
      vmidFrom,
      vmidTo,
      createsAtOnce,
      tasksAtOnce,
      tokenSecret: undefined,
      sshPassword: undefined,
      sshPrivateKey: undefined,
    } as UpdateNodeInput,
  });
  const update = trpc.nodes.update.useMutation({
    onSuccess: (shown) => {
      void utils.nodes.invalidate();
      const moved =
        form.getValues("host") !== host ||
        Number(form.getValues("port")) !== port ||
        Number(form.getValues("sshPort")) !== sshPort;
      if (!moved && shown.id === id && node.draftUntil === null) toast.success(`${form.getValues("name")} is saved.`);
      router.push(moved ? `/nodes/${shown.id}/confirm` : `/nodes/${shown.id}`);
    },
    onError: (error) => {
      // The server asks for secrets again when the node moves: their inputs have to be there to carry the message.
      const asked = Object.keys(error.data?.fields ?? {}).filter(
        (key): key is Secret => key === "tokenSecret" || key === "sshPassword" || key === "sshPrivateKey",
      );
      if (asked.length > 0)
        setReplaced((before) => ({ ...before, ...Object.fromEntries(asked.map((key) => [key, true])) }));
      setProblem(placeErrors(form, error));
    },
  });
  const { errors, defaultValues } = form.formState;
  const current = useWatch({ control: form.control });
  // By what is read, not by form state: a number that an input hands over as text is the same port.
  const isChanged = (field: (typeof reaching)[number]): boolean =>
    String(current[field] ?? "") !== String(defaultValues?.[field] ?? "");
  const isTested =
    node.draftUntil !== null ||
    withSsh !== Boolean(node.sshUser) ||
    reaching.some(isChanged) ||
    Object.values(replaced).some(Boolean);
  const secret = (key: Secret, label: string, isSet: boolean) => ({
    label,
    setAt: isSet ? node.secretsSetAt : null,
    replacing: replaced[key] === true,
    onReplace: (on: boolean) => {
      setReplaced((before) => ({ ...before, [key]: on }));
      if (!on) form.setValue(key, undefined);
    },
  });
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader title={`Edit ${name}`} />
      {node.draftUntil !== null && <Moments current="where" changing={node.replacesId !== null} />}
      <UnsavedChange node={node} replaced />
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
            update.mutate(typed(values));
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
            form.setValue("sshUser", on ? (node.sshUser ?? "root") : "");
            for (const key of ["sshPassword", "sshPrivateKey"] as const) form.setValue(key, undefined);
            setReplaced(({ tokenSecret }) => ({ ...(tokenSecret === undefined ? {} : { tokenSecret }) }));
            form.clearErrors(["sshUser", "sshPort", "sshPassword", "sshPrivateKey"]);
          }}
          token={
            <SecretField {...secret("tokenSecret", "Token secret", true)}>
              <Field label="Token secret" error={errors.tokenSecret?.message}>
                {(control) => (
                  <Input
                    {...control}
                    mono
                    type="password"
                    autoComplete="off"
                    {...form.register("tokenSecret", { setValueAs: orNothing })}
                  />
                )}
              </Field>
            </SecretField>
          }
          ssh={
            <>
              <SecretField {...secret("sshPassword", "Password", node.hasSshPassword)}>
                <Field
                  label="Password"
                  optional
                  hint={node.hasSshPassword ? "Left empty, the password is removed." : undefined}
                  error={errors.sshPassword?.message}
                >
                  {(control) => (
                    <Input {...control} type="password" autoComplete="off" {...form.register("sshPassword")} />
                  )}
                </Field>
              </SecretField>
              <SecretField {...secret("sshPrivateKey", "Private key", node.hasSshPrivateKey)}>
                <Field
                  label="Private key"
                  optional
                  hint={node.hasSshPrivateKey ? "Left empty, the key is removed." : undefined}
                  error={errors.sshPrivateKey?.message}
                >
                  {(control) => <Textarea {...control} mono {...form.register("sshPrivateKey")} />}
                </Field>
              </SecretField>
            </>
          }
        />
        <FormError message={problem} />
        <p className="text-table text-muted">
          A changed host or port may mean another machine: its keys are compared again, and you type the secrets again.
          A changed address, token or SSH access is tested first, and takes effect once you save it after that.
        </p>
        <div className="flex justify-end gap-2">
          <Button asChild>
            <Link href={`/nodes/${id}`}>Cancel</Link>
          </Button>
          <Button type="submit" variant="primary" pending={update.isPending || update.isSuccess}>
            {isTested ? "Test it" : `Save ${name}`}
          </Button>
        </div>
      </Form>
    </div>
  );

  /** A secret that is set and was not touched is left out: it stays. One that never was and is empty is as well. */
  function typed(values: UpdateNodeInput): UpdateNodeInput {
    const kept = { ...values };
    if (replaced.tokenSecret !== true) delete kept.tokenSecret;
    if (node.hasSshPassword ? replaced.sshPassword !== true : !kept.sshPassword) delete kept.sshPassword;
    if (node.hasSshPrivateKey ? replaced.sshPrivateKey !== true : !kept.sshPrivateKey) delete kept.sshPrivateKey;
    return kept;
  }
}

/** An input that was opened and left empty is no secret. */
function orNothing(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}
