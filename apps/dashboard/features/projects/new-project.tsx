"use client";
// A new project: containers, runs and batches of its own, in one of the person's organizations.
import type { OrganizationView } from "@homeport/api";
import { may } from "@homeport/domain/access/permission";
import type { CreateProjectInput } from "@homeport/domain/project/project-input";
import { Button } from "@homeport/ui/button";
import { EmptyState } from "@homeport/ui/empty-state";
import { Field } from "@homeport/ui/field";
import { Form } from "@homeport/ui/form";
import { PageHeader } from "@homeport/ui/page-header";
import { Select } from "@homeport/ui/select";
import { toast } from "@homeport/ui/toast";
import { useRouter } from "next/navigation";
import { useForm, useWatch } from "react-hook-form";
import { FormError } from "@/components/form-error";
import { Link } from "@/components/link";
import { NameFields } from "@/components/name-fields";
import { useSlugSuggestion } from "@/lib/hooks/use-slug-suggestion";
import { lazyResolver } from "@/lib/lazy-resolver";
import { useKeyedForm } from "@/lib/requests/use-keyed-form";
import { trpc } from "@/lib/trpc";

const resolver = lazyResolver<CreateProjectInput>(async () => (await import("./rules")).createRules);

/** `wanted`: the slug of the organization that the person came from. */
export function NewProject({
  organizations,
  wanted,
}: {
  organizations: readonly OrganizationView[];
  wanted?: string | undefined;
}) {
  const possible = organizations.filter(({ role }) => may(role, "organization:write"));
  const first = possible.find(({ slug }) => slug === wanted) ?? possible[0];
  if (first === undefined)
    return (
      <EmptyState heading="h1" title="You run no organization">
        A project is made by an owner or administrator of an organization: ask one of them.
      </EmptyState>
    );
  return <ProjectForm organizations={possible} first={first} />;
}

function ProjectForm({
  organizations,
  first,
}: {
  organizations: readonly OrganizationView[];
  first: OrganizationView;
}) {
  const router = useRouter();
  const form = useForm<CreateProjectInput>({
    resolver,
    defaultValues: { organizationId: first.id, name: "", slug: "" },
  });
  const { problem, keyed, refused } = useKeyedForm(form);
  const create = trpc.projects.create.useMutation({
    onSuccess: ({ slug }, { name }) => {
      toast.success(`Project ${name} was created.`);
      router.push(`/p/${slug}`);
      // The list of projects beside it is of before.
      router.refresh();
    },
    onError: refused,
  });
  const { errors } = form.formState;
  const fields = useSlugSuggestion(form);
  const organizationId = useWatch({ control: form.control, name: "organizationId" });
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader
        title="New project"
        description="A project has its own containers, runs and batches. Your nodes can be used in all your projects."
      />
      <Form
        className="grid gap-4"
        onSubmit={(event) =>
          void form.handleSubmit((values) => {
            create.mutate(keyed(values));
          })(event)
        }
      >
        {organizations.length > 1 && (
          <Field label="Organization" error={errors.organizationId?.message}>
            {(control) => (
              <Select
                {...control}
                value={organizationId}
                onValueChange={(id) => {
                  form.setValue("organizationId", id);
                }}
                options={organizations.map(({ id, name }) => ({ value: id, label: name }))}
              />
            )}
          </Field>
        )}
        <NameFields
          prefix="/p/"
          {...fields}
          errors={errors}
          slugHint="What links to its pages begin with. No other project of this installation may have the same."
        />
        <FormError message={problem} />
        <div className="flex gap-2">
          <Button type="submit" variant="primary" pending={create.isPending}>
            Create project
          </Button>
          <Button asChild>
            <Link href="/">Cancel</Link>
          </Button>
        </div>
      </Form>
    </div>
  );
}
