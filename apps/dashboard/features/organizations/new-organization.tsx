"use client";
// A new organization: members of its own, and projects that they share.
import type { CreateOrganizationInput } from "@homeport/domain/organization/organization-input";
import { Button } from "@homeport/ui/button";
import { Form } from "@homeport/ui/form";
import { PageHeader } from "@homeport/ui/page-header";
import { toast } from "@homeport/ui/toast";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import { FormError } from "@/components/form-error";
import { Link } from "@/components/link";
import { NameFields } from "@/components/name-fields";
import { useSlugSuggestion } from "@/lib/hooks/use-slug-suggestion";
import { lazyResolver } from "@/lib/lazy-resolver";
import { organizationHref } from "@/lib/organization/address";
import { useKeyedForm } from "@/lib/requests/use-keyed-form";
import { trpc } from "@/lib/trpc";

const resolver = lazyResolver<CreateOrganizationInput>(async () => (await import("./rules")).createRules);

export function NewOrganization() {
  const router = useRouter();
  const form = useForm<CreateOrganizationInput>({ resolver, defaultValues: { name: "", slug: "" } });
  const fields = useSlugSuggestion(form);
  const { problem, keyed, refused } = useKeyedForm(form);
  const create = trpc.organizations.create.useMutation({
    onSuccess: ({ slug }, { name }) => {
      toast.success(`Organization ${name} was created.`);
      router.push(organizationHref(slug));
    },
    onError: refused,
  });
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader
        title="New organization"
        description="An organization has members with roles, and projects that they share. You own the one that you make."
      />
      <Form
        className="grid gap-4"
        onSubmit={(event) =>
          void form.handleSubmit((values) => {
            create.mutate(keyed(values));
          })(event)
        }
      >
        <NameFields
          prefix="/o/"
          {...fields}
          errors={form.formState.errors}
          slugHint="No other organization of this installation may have the same."
        />
        <FormError message={problem} />
        <div className="flex gap-2">
          <Button type="submit" variant="primary" pending={create.isPending}>
            Create organization
          </Button>
          <Button asChild>
            <Link href="/organizations">Cancel</Link>
          </Button>
        </div>
      </Form>
    </div>
  );
}
