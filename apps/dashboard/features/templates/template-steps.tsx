"use client";
// What is done inside a new container: files, packages, then each script, with their whole text.
import type { TemplateDefinition } from "@homeport/domain/template/template";
import { Badge } from "@homeport/ui/badge";
import { Card } from "@homeport/ui/card";
import { CodeBlock } from "@homeport/ui/code-block";
import { Mono } from "@homeport/ui/mono";
import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { highlightShell } from "./highlight-shell";
import { count } from "./numbers";

const policies: Record<TemplateDefinition["files"][number]["policy"], string> = {
  REPLACE: "replaces what is there",
  DEFAULT: "only when nothing is there",
  BACKUP: "keeps the old file beside it",
};

export function TemplateSteps({ definition: { files, packages, scripts } }: { definition: TemplateDefinition }) {
  if (files.length + packages.length + scripts.length === 0)
    return <Card title="What is done inside">Nothing: the container is the plain system.</Card>;
  return (
    <>
      {files.length > 0 && (
        <Card flush title={count(files.length, "file")} hint="Put in place first.">
          <ul>
            {files.map((file) => (
              <Folded
                key={file.target}
                title={<Mono>{file.target}</Mono>}
                aside={
                  <>
                    <Mono>{file.mode}</Mono> {file.owner} · {policies[file.policy]}
                  </>
                }
              >
                {file.encoding === undefined ? (
                  <CodeBlock text={file.content} copyLabel={`Copy ${file.target}`} wrap={false} />
                ) : (
                  <p className="font-mono text-meta break-all text-muted">{file.content}</p>
                )}
              </Folded>
            ))}
          </ul>
        </Card>
      )}
      {packages.length > 0 && (
        <Card title={count(packages.length, "package")} hint="Installed with apt.">
          <ul className="flex flex-wrap gap-1.5">
            {packages.map(({ name }) => (
              <li key={name}>
                <Badge className="font-mono">{name}</Badge>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {scripts.length > 0 && (
        <Card
          flush
          title={count(scripts.length, "script")}
          hint="Run one after the other; each is a step of its own with its log."
        >
          <ol>
            {scripts.map((script, index) => (
              <Folded
                key={script.name}
                title={
                  <>
                    <span className="mr-2 text-muted">{index + 1}.</span>
                    {script.title}
                  </>
                }
                aside={
                  <>
                    {script.optional && <Badge>optional</Badge>}
                    {!script.repeatable && <Badge tone="wait">runs once only</Badge>} at most {script.timeoutMinutes}{" "}
                    min
                  </>
                }
              >
                <CodeBlock text={script.content} copyLabel={`Copy ${script.title}`} wrap={false}>
                  {highlightShell(script.content)}
                </CodeBlock>
              </Folded>
            ))}
          </ol>
        </Card>
      )}
    </>
  );
}

function Folded({ title, aside, children }: { title: ReactNode; aside: ReactNode; children: ReactNode }) {
  return (
    <li className="border-b last:border-0">
      <details className="group">
        <summary className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 hover:bg-hover/60 focus-visible:-outline-offset-2">
          <ChevronRight aria-hidden className="size-4 shrink-0 text-muted transition-transform group-open:rotate-90" />
          <span className="min-w-0 flex-1 basis-48 break-words">{title}</span>
          <span className="flex items-center gap-1.5 text-meta text-muted">{aside}</span>
        </summary>
        <div className="px-4 pb-3">{children}</div>
      </details>
    </li>
  );
}
