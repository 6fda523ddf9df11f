// The steps of a run, in order: the review page shows them, the workflow plays them, the run page follows them.
import { type OperationKind, runKinds } from "./run-kinds";

export type StepKind =
  | "plan"
  | "reserve"
  | "image"
  | "create"
  | "start"
  | "ready"
  | "files"
  | "packages"
  | "script"
  | "discover"
  | "finish"
  | "shutdown"
  | "stop"
  | "reboot"
  | "destroy"
  | "release";

export interface PlannedStep {
  /** Stable within the run, and the name of the unit inside the container: "script-configure". */
  name: string;
  title: string;
  kind: StepKind;
  /** Of a script step: the script's name in the template. */
  script?: string;
}

/** What a plan depends on; a TemplateDefinition and a ContainerSpec fit. */
export interface Plannable {
  packages: readonly { name: string }[];
  files: readonly unknown[];
  scripts: readonly { name: string; title: string }[];
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** `checked`: a person saw a plan; the run begins by comparing it with what the node says then. */
export function planProvision(
  template: Plannable,
  off: { packagesOff: readonly string[]; scriptsOff: readonly string[] },
  { checked = false }: { checked?: boolean } = {},
): PlannedStep[] {
  const packages = template.packages.filter((one) => !off.packagesOff.includes(one.name));
  const scripts = template.scripts.filter((one) => !off.scriptsOff.includes(one.name));
  return [
    ...(checked ? [{ name: "plan", title: "Check the plan", kind: "plan" } as const] : []),
    { name: "reserve", title: "Reserve a VMID", kind: "reserve" },
    { name: "image", title: "Fetch the OS template", kind: "image" },
    { name: "create", title: "Create the container", kind: "create" },
    { name: "start", title: "Start it", kind: "start" },
    { name: "ready", title: "Wait until it is ready", kind: "ready" },
    ...(template.files.length > 0
      ? [{ name: "files", title: `Deploy ${counted(template.files.length, "file")}`, kind: "files" } as const]
      : []),
    ...(packages.length > 0
      ? [{ name: "packages", title: `Install ${counted(packages.length, "package")}`, kind: "packages" } as const]
      : []),
    ...scripts.map(
      (script) =>
        ({ name: `script-${script.name}`, title: script.title, kind: "script", script: script.name }) as const,
    ),
    { name: "discover", title: "Discover services", kind: "discover" },
    { name: "finish", title: "Finish", kind: "finish" },
  ];
}

export function planOperation(kind: OperationKind): PlannedStep[] {
  return runKinds[kind].steps.map((step) => ({ ...step }));
}
