// The steps of the wizard, in order, and which field is decided in which.
import type { Draft, DraftField, DraftProblems } from "@/features/container-form";

export const WizardSteps = ["template", "node", "identity", "software", "review"] as const;
export type WizardStep = (typeof WizardSteps)[number];

export const stepTitles: Record<WizardStep, string> = {
  template: "Template",
  node: "Node",
  identity: "Identity and resources",
  software: "Packages and scripts",
  review: "Review",
};

const elsewhere: Partial<Record<DraftField, WizardStep>> = {
  templateName: "template",
  templateRevisionId: "template",
  nodeId: "node",
  packagesOff: "software",
  scriptsOff: "software",
};

export function stepOf(field: DraftField): WizardStep {
  return elsewhere[field] ?? "identity";
}

/** The first step with a problem; undefined when there is none. */
export function firstStepWith(problems: DraftProblems): WizardStep | undefined {
  const steps = new Set((Object.keys(problems) as DraftField[]).map(stepOf));
  return WizardSteps.find((step) => steps.has(step));
}

/** The step that the URL asks for; the first one while no template is chosen. */
export function stepFrom(asked: string | null, draft: Pick<Draft, "templateRevisionId">): WizardStep {
  const step = WizardSteps.find((one) => one === asked) ?? "template";
  return draft.templateRevisionId === "" ? "template" : step;
}

export function neighbour(step: WizardStep, by: 1 | -1): WizardStep | undefined {
  return WizardSteps[WizardSteps.indexOf(step) + by];
}
