"use client";
// Templates that cannot be read, each with its reason: the others are not their business.
import { Card } from "@homeport/ui/card";
import { trpc } from "@/lib/trpc";
import { count } from "./numbers";

export function TemplateTroubles() {
  const { data } = trpc.templates.troubles.useQuery();
  if (data === undefined || data.length === 0) return null;
  return (
    <Card
      className="mb-4"
      title={`${count(data.length, "template")} cannot be read`}
      hint="Fix the files; the worker reads them again when it starts."
    >
      <ul className="grid gap-3">
        {data.map(({ name, reason, offered }) => (
          <li key={name} className="min-w-0">
            <span className="font-semibold">{name}</span>{" "}
            <span className="text-muted">
              {offered ? "Its last revision that could be read is offered meanwhile." : "It cannot be picked."}
            </span>
            <pre className="mt-1 font-mono text-meta break-words whitespace-pre-wrap text-bad">{reason}</pre>
          </li>
        ))}
      </ul>
    </Card>
  );
}
