// The API: its router, the context it needs, and the shapes it answers with.
export { createCaller, type AppRouter } from "./root";
export { createContext, memberContext, type Context } from "./context";
export { plainRefusal } from "./plain-refusal";
export { handle } from "./handler";
export type { Deps } from "./deps";
export { createWake, type WakeConnection } from "./wake";
export { mayReadEngine } from "./engine/may-read";
export { readRunLog } from "./run-log";
export { openRunBundle } from "./runs/bundle/bundle";
export type { Me } from "./auth/router";
export type { SessionView } from "./sessions/list";
export type { NodeDraft } from "./nodes/drafts/drafts";
export type { NodeView } from "./nodes/view";
export type { TemplateDetail, TemplateView } from "./templates/view";
export type { BatchDetail, BatchItem, BatchSummary } from "./batches/view";
export type { Steered } from "./batches/steer";
export type { PlanView } from "./containers/plan";
export type { ContainerUsage, ContainerView, ServiceView } from "./containers/view";
export type {
  AttemptView,
  DecisionView,
  LogPiece,
  RunDetail,
  RunView,
  StepView,
  SlotView as SlotView,
} from "./runs/view";
export type { StepInput } from "./runs/step-input";
export type { ComparedRun, ComparedStep, Comparison } from "./runs/compare/compare";
export type { ComparedInput, ComparedPart } from "./runs/compare/compare-parts";
export type { RunInput } from "./runs/input";
export type { LiveEvent, LiveTopic } from "./live/watch";
export type { ProjectView } from "./projects/view";
export type { OrphanList } from "./orphans/list";
export type { OrphanView } from "./orphans/view";
export type { IntegrityView } from "./activity/integrity";
export type { ActivityView } from "./activity/list";
export type { EngineStatus } from "./engine/status";
