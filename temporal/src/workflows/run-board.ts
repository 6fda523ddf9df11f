// What the Temporal UI shows of a run: its steps as a table, its state and names as search attributes.
import { defineSignal, setCurrentDetails, setHandler, upsertSearchAttributes } from "@temporalio/workflow";
import type { RunFacts } from "../activities/records/open-run";
import { SearchAttributes, STANDING_SIGNAL, type StandingSignal } from "../contract";
import { stepTable, type TableStep } from "./step-table";

const standingSignal = defineSignal<[StandingSignal]>(STANDING_SIGNAL);

export interface StatusBoard {
  step(name: string): TableStep | undefined;
  mark(name: string, change: Partial<TableStep>): void;
  /** "running", "awaiting_decision", "paused", "undoing", or how it ended; "waiting" comes from the activity at work. */
  status(word: string): void;
  vmid(this: void, vmid: number): void;
}

export function openBoard({ kind, names, steps, vmid }: RunFacts): StatusBoard {
  const table = new Map<string, TableStep>(
    steps.map(({ name, title, attempt }) => [name, { name, title, attempt, state: "pending" }]),
  );
  let status = "running";
  let why = "";
  const show = (): void => {
    setCurrentDetails(
      stepTable(`${kind} ${names.hostname} on ${names.node}${why === "" ? "" : `: ${why}`}`, [...table.values()]),
    );
  };
  const setStatus = (word: string): void => {
    status = word;
    upsertSearchAttributes([{ key: SearchAttributes.status, value: word }]);
  };
  setHandler(standingSignal, (standing) => {
    // One that comes late finds a run that waits for a person, or has ended; one of a stranger's says nothing.
    if (
      (status !== "running" && status !== "waiting") ||
      (standing.status !== "running" && standing.status !== "waiting")
    )
      return;
    why = standing.status === "waiting" ? `waits (${standing.why ?? "the run page says for what"})` : "";
    if (standing.status !== status) setStatus(standing.status);
    show();
  });
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
    status(word) {
      why = "";
      setStatus(word);
    },
    vmid: (value) => {
      upsertSearchAttributes([{ key: SearchAttributes.vmid, value }]);
    },
  };
}
