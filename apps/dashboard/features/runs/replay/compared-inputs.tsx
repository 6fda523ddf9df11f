"use client";
// The inputs of two runs; those that differ are marked, and can be had alone.
import type { ComparedInput } from "@homeport/api";
import { fieldTitle } from "@homeport/domain/container/fields";
import { Card } from "@homeport/ui/card";
import { Checkbox } from "@homeport/ui/checkbox";
import { cn } from "@homeport/ui/cn";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@homeport/ui/table";
import { Diff } from "lucide-react";
import { useState } from "react";

export function ComparedInputs({ inputs }: { inputs: readonly ComparedInput[] }) {
  const differing = inputs.filter(({ differs }) => differs);
  const [all, setAll] = useState(false);
  const shown = all ? inputs : differing;
  return (
    <Card
      title="Inputs"
      hint={differing.length === 0 ? "All are the same." : `${differing.length} of ${inputs.length} differ.`}
      flush
      actions={<Checkbox checked={all} onCheckedChange={setAll} label="Show all" />}
    >
      {shown.length > 0 && (
        <Table aria-label="Inputs" className="table-fixed">
          <TableHead>
            <TableRow>
              <TableHeader className="w-2/5 sm:w-1/4">Input</TableHeader>
              <TableHeader>Left</TableHeader>
              <TableHeader>Right</TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {shown.map(({ path, a, b, differs }) => (
              <TableRow key={path} className={cn(differs && "bg-wait-soft/60")}>
                <TableCell className="break-words">
                  {differs && (
                    <>
                      <Diff aria-hidden className="mr-1.5 inline size-3.5 text-wait" />
                      <span className="sr-only">Differs: </span>
                    </>
                  )}
                  {fieldTitle(path)}
                </TableCell>
                <Value text={a} />
                <Value text={b} />
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  );
}

function Value({ text }: { text: string | null }) {
  return (
    <TableCell className="break-words">
      {text === null || text === "" ? (
        <span className="text-muted">none</span>
      ) : (
        <span className="font-mono text-meta break-all">{text}</span>
      )}
    </TableCell>
  );
}
