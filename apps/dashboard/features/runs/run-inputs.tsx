// What the run was asked to do, as it was asked.
import type { RunDetail } from "@homeport/api";
import { Card } from "@homeport/ui/card";
import { DefinitionList } from "@homeport/ui/definition-list";
import { RelativeTime } from "@homeport/ui/relative-time";
import Link from "next/link";
import { SpecList } from "../containers/spec-list";
import { kindTitles } from "./run-words";

export function RunInputs({ run }: { run: RunDetail }) {
  const { input, template, user, createdAt, startedAt, endedAt, kind, id } = run;
  return (
    <div className="mt-4 grid gap-4 lg:grid-cols-2">
      <Card title="This run">
        <DefinitionList
          items={[
            { term: "Asked for", value: <>{kindTitles[kind]}, by {user.name}, <RelativeTime at={createdAt} /></> },
            { term: "Template", value: <><Link href={`/templates/${template.name}`} className="text-accent underline underline-offset-2">{template.title}</Link>, revision {template.revision}</> },
            { term: "Began", value: startedAt ? <RelativeTime at={startedAt} /> : "Not yet" },
            { term: "Ended", value: endedAt ? <RelativeTime at={endedAt} /> : "Not yet" },
            { term: "Id", value: <span className="font-mono text-meta break-all">{id}</span> },
          ]}
        />
      </Card>
      {input && <Card title="Inputs"><SpecList spec={input} /></Card>}
    </div>
  );
}
