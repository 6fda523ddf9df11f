"use client";
// What one project is called, for those who may change it; to others it is shown.
import type { ProjectView } from "@homeport/api";
import { may } from "@homeport/domain/access/permission";
import type { UpdateProjectInput } from "@homeport/domain/project/project-input";
import { Button } from "@homeport/ui/button";
import { Card } from "@homeport/ui/card";
import { DefinitionList } from "@homeport/ui/definition-list";
import { Form } from "@homeport/ui/form";
import { Mono } from "@homeport/ui/mono";
import { PageHeader } from "@homeport/ui/page-header";
import { toast } from "@homeport/ui/toast";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { FormError } from "@/components/form-error";
import { placeErrors } from "@/lib/field-errors";
import { lazyResolver } from "@/lib/lazy-resolver";
import { useProject } from "@/lib/project/project-provider";
import { outcomeTitle } from "@/lib/requests/answer";
import { trpc } from "@/lib/trpc";
import { ProjectFields } from "./project-fields";
import { RightsCard } from "./rights-card";

const resolver = lazyResolver<UpdateProjectInput>(async () => (await import("./rules")).updateRules);

export function ProjectSettings() {
  const project = useProject();
  return (
    <div className="mx-auto grid max-w-2xl gap-4">
      <PageHeader className="mb-0" title={project.name} description={`A project of ${project.organization.name}.`} />
      {may(project.role, "project:write") ? (
        <NameCard key={project.id} project={project} />
      ) : (
        <Card title="Name and address" hint="An owner or administrator of the project can change them.">
          <DefinitionList
            items={[
              { term: "Name", value: project.name },
              { term: "Address", value: <Mono>{`/p/${project.slug}`}</Mono> },
            ]}
          />
        </Card>
      )}
      <RightsCard project={project} />
    </div>
  );
}

function NameCard({ project: { id, name, slug } }: { project: ProjectView }) {
  const router = useRouter();
  const [problem, setProblem] = useState<string>();
  const form = useForm<UpdateProjectInput>({
    resolver,
    // What a colleague made of it meanwhile is shown, but not over what is being typed.
    values: { id, name, slug },
    resetOptions: { keepDirtyValues: true },
  });
  const update = trpc.projects.update.useMutation({
    onSuccess: (project) => {
      toast.success("The project is changed.");
      router.replace(`/p/${project.slug}/project`);
      router.refresh();
    },
    onError: (error) => {
      const left = placeErrors(form, error);
      setProblem(left === undefined ? undefined : `${outcomeTitle(error, "Nothing was changed.")} ${left}`);
    },
  });
  return (
    <Card title="Name and address">
      <Form
        className="grid gap-4"
        onSubmit={(event) =>
          void form.handleSubmit((values) => {
            setProblem(undefined);
            update.mutate(values);
          })(event)
        }
      >
        <ProjectFields
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
