// The kinds of runs: one entry for each holds all that the program asks of it. A new kind is a value of the enum (with its migration), an
// entry here, and its workflow where it has one of its own: the compiler names what is missing, and lint refuses to compare kinds elsewhere.
import type { RunKind, RunSubject } from "@homeport/db/types";
import type { Permission } from "../access/permission";
import type { ContainerState } from "../container/container-state";
import type { PlannedStep } from "./run-plan";

interface Kind {
  /** What it is about. */
  subject: RunSubject;
  /** The workflow that plays it, by the name of its function. */
  workflow: "provisionContainer" | "operateContainer";
  /** Who may begin one: whoever has this in the subject's project. */
  permission: Permission;
  /** It needs a password that was entered a moment ago. */
  recentSignIn: boolean;
  /** Of an operation, always the same; of a creation, made of its template (planProvision). */
  steps: readonly PlannedStep[] | "template";
  /** What it does to its guest. */
  guest: "creates" | "keeps" | "removes";
  /** What it did can be taken back: a person may decide so, and cancelling does so. */
  undoable: boolean;
  /** Another run can be made of its inputs: "Run again". */
  repeatable: boolean;
  /** When it went well its guest runs, and its services are worth a link. */
  leavesRunning: boolean;
  /** In which states of its container a person may begin it; empty: it is no operation on a container that is there. */
  allowedIn: readonly ContainerState[];
  /** What state its container is in while it is at work. */
  meanwhile: ContainerState;
  text: {
    /** On screen: "Shut down" web-1. */
    title: string;
    /** "Shutting down" web-1. */
    begun: string;
    /** The container was "shut down". */
    done: string;
    /** In its workflow's id: "shut-down"-web-1-1f9c3a77. */
    slug: string;
  };
}

const operation = {
  subject: "container",
  workflow: "operateContainer",
  permission: "container:write",
  recentSignIn: false,
  guest: "keeps",
  undoable: false,
  repeatable: false,
} as const;

export const runKinds = {
  provision: {
    subject: "container",
    workflow: "provisionContainer",
    permission: "container:write",
    recentSignIn: false,
    steps: "template",
    guest: "creates",
    undoable: true,
    repeatable: true,
    leavesRunning: true,
    allowedIn: [],
    meanwhile: "creating",
    text: { title: "Create", begun: "Creating", done: "created", slug: "create" },
  },
  start: {
    ...operation,
    steps: [
      { name: "start", title: "Start the container", kind: "start" },
      { name: "ready", title: "Wait until it is ready", kind: "ready" },
    ],
    leavesRunning: true,
    allowedIn: ["stopped"],
    meanwhile: "starting",
    text: { title: "Start", begun: "Starting", done: "started", slug: "start" },
  },
  stop: {
    ...operation,
    steps: [{ name: "stop", title: "Stop the container", kind: "stop" }],
    leavesRunning: false,
    allowedIn: ["running"],
    meanwhile: "stopping",
    text: { title: "Stop", begun: "Stopping", done: "stopped", slug: "stop" },
  },
  shutdown: {
    ...operation,
    steps: [{ name: "shutdown", title: "Shut the container down", kind: "shutdown" }],
    leavesRunning: false,
    allowedIn: ["running"],
    meanwhile: "stopping",
    text: { title: "Shut down", begun: "Shutting down", done: "shut down", slug: "shut-down" },
  },
  reboot: {
    ...operation,
    steps: [
      { name: "reboot", title: "Reboot the container", kind: "reboot" },
      { name: "ready", title: "Wait until it is ready", kind: "ready" },
    ],
    leavesRunning: true,
    allowedIn: ["running"],
    meanwhile: "rebooting",
    text: { title: "Reboot", begun: "Rebooting", done: "rebooted", slug: "reboot" },
  },
  destroy: {
    ...operation,
    recentSignIn: true,
    steps: [
      { name: "stop", title: "Stop it if it runs", kind: "stop" },
      { name: "destroy", title: "Destroy the container and its disks", kind: "destroy" },
      { name: "release", title: "Give its VMID back", kind: "release" },
    ],
    guest: "removes",
    leavesRunning: false,
    allowedIn: ["running", "stopped", "failed", "unknown"],
    meanwhile: "deleting",
    text: { title: "Delete", begun: "Deleting", done: "destroyed", slug: "destroy" },
  },
} as const satisfies Record<RunKind, Kind>;

type Table = typeof runKinds;
/** Kinds whose steps are always the same. */
export type OperationKind = { [K in RunKind]: Table[K]["steps"] extends "template" ? never : K }[RunKind];
/** What a person does to a container that is there. */
export type ContainerAction = { [K in RunKind]: Table[K]["allowedIn"] extends readonly [] ? never : K }[RunKind];
export type RunWorkflow = Table[RunKind]["workflow"];
/** The kinds that one workflow plays. */
export type KindOf<W extends RunWorkflow> = { [K in RunKind]: Table[K]["workflow"] extends W ? K : never }[RunKind];

export const RunKinds = Object.keys(runKinds) as RunKind[]; // the table's own keys
export const RunWorkflows: readonly RunWorkflow[] = [...new Set(RunKinds.map((kind) => runKinds[kind].workflow))];
export const ContainerActions: readonly ContainerAction[] = RunKinds.filter(
  (kind): kind is ContainerAction => runKinds[kind].allowedIn.length > 0,
);

/** Its steps are made of its template; else they are always the same. */
export function isOfTemplate(kind: RunKind): kind is Exclude<RunKind, OperationKind> {
  return runKinds[kind].steps === "template";
}

export function isPlayedBy<W extends RunWorkflow>(workflow: W, kind: RunKind): kind is KindOf<W> {
  return runKinds[kind].workflow === workflow;
}
