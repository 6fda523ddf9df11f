// What the Temporal UI shows of a run: its steps as a table, its state and names as search attributes.
import { setCurrentDetails, upsertSearchAttributes } from "@temporalio/workflow";
import type { RunFacts } from "../activities/records/run-records";
import { SearchAttributes } from "../contract";
import { stepTable, type TableStep } from "./step-table";

export interface RunBoard {
  step(name: string): TableStep | undefined;
  mark(name: string, change: Partial<TableStep>): void;
  /** "running", "awaiting_decision", "paused", "undoing", or how it ended. */
  status(word: string): void;
  vmid(this: void, vmid: number): void;
}

export function openBoard({ kind, names, steps, vmid }: RunFacts): RunBoard {
  const table = new Map<string, TableStep>(steps.map(({ name, title, attempt }) => [name, { name, title, attempt, state: "pending" }]));
  const show = (): void => { setCurrentDetails(stepTable(`${kind} ${names.hostname} on ${names.node}`, [...table.values()])); };
  upsertSearchAttributes([
    { key: SearchAttributes.node, value: names.node },
    { key: SearchAttributes.template, value: names.template },
    { key: SearchAttributes.user, value: names.user },
    { key: SearchAttributes.status, value: "running" },
    ...(vmid === null ? [] : [{ key: SearchAttributes.vmid, value: vmid }]),
  ]);
  show();
  return {
    step: (name) => table.get(name),
    mark(name, change) {
      const row = table.get(name);
      if (row) table.set(name, { ...row, ...change });
      show();
    },
    status: (word) => { upsertSearchAttributes([{ key: SearchAttributes.status, value: word }]); },
    vmid: (value) => { upsertSearchAttributes([{ key: SearchAttributes.vmid, value }]); },
  };
}
