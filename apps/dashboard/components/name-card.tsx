"use client";
// A project's or an organization's name and address, for those who may change them.
import { Button } from "@homeport/ui/button";
import { Card } from "@homeport/ui/card";
import { DefinitionList } from "@homeport/ui/definition-list";
import { Form } from "@homeport/ui/form";
import { Mono } from "@homeport/ui/mono";
import { toast } from "@homeport/ui/toast";
import { useState } from "react";
import { useForm, type Resolver } from "react-hook-form";
import { placeErrors } from "@/lib/field-errors";
import { outcomeTitle } from "@/lib/requests/answer";
import type { ApiError } from "@/lib/trpc";
import { FormError } from "./form-error";
import { NameFields } from "./name-fields";

/** Both schemas take this. */
interface Named {
  id: string;
  name: string;
  slug: string;
}

export interface NameCardProps {
  prefix: string;
  now: Named;
  /** Undefined: whoever sees it may change it. Else who may. */
  onlyBy?: string | undefined;
  resolver: Resolver<Named>;
  update: {
    mutate: (
      input: Named,
      then: { onSuccess: (saved: { slug: string }) => void; onError: (error: ApiError) => void },
    ) => void;
    isPending: boolean;
  };
  /** With the slug that it has now. */
  onSaved: (slug: string) => void;
}

export function NameCard(props: NameCardProps) {
  const { prefix, now, onlyBy } = props;
  if (onlyBy === undefined) return <NameForm key={now.id} {...props} />;
  return (
    <Card title="Name and address" hint={onlyBy}>
      <DefinitionList
        items={[
          { term: "Name", value: now.name },
          { term: "Address", value: <Mono>{`${prefix}${now.slug}`}</Mono> },
        ]}
      />
    </Card>
  );
}

function NameForm({ prefix, now: { id, name, slug }, resolver, update, onSaved }: NameCardProps) {
  const [problem, setProblem] = useState<string>();
  const form = useForm<Named>({
    resolver,
    // What a colleague made of it meanwhile is shown, but not over what is being typed.
    values: { id, name, slug },
    resetOptions: { keepDirtyValues: true },
  });
  const save = (values: Named): void => {
    setProblem(undefined);
    update.mutate(values, {
      onSuccess: (saved) => {
        toast.success("The name and the address are saved.");
        // As the server has them, and typed no more.
        form.reset({ ...values, slug: saved.slug });
        onSaved(saved.slug);
      },
      onError: (error) => {
        const left = placeErrors(form, error);
        setProblem(left === undefined ? undefined : `${outcomeTitle(error, "Nothing was changed.")} ${left}`);
      },
    });
  };
  return (
    <Card title="Name and address">
      <Form className="grid gap-4" onSubmit={(event) => void form.handleSubmit(save)(event)}>
        <NameFields
          prefix={prefix}
          name={form.register("name")}
          slug={form.register("slug")}
          errors={form.formState.errors}
          now={{ name, slug }}
          slugHint="With another address, links that begin with the old one lead nowhere."
        />
        <FormError message={problem} />
        <div>
          <Button type="submit" variant="primary" pending={update.isPending}>
            Save
          </Button>
        </div>
      </Form>
    </Card>
  );
}
