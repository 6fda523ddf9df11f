// The API: its router, the context it needs, and the shapes it answers with.
export { appRouter, createCaller, type AppRouter } from "./root";
export { createContext, memberContext, type Context, type ContextOptions, type MemberContext } from "./context";
export { plainRefusal } from "./plain-refusal";
export { handle, ENDPOINT, MAX_BATCH_SIZE } from "./handler";
export type { Config, Deps } from "./deps";
export type { Engine, Health } from "./engine-port";
export { createWake, type Wake, type WakeConnection, type WakeEvent } from "./wake";
export { mayReadEngine } from "./engine/may-read";
export { readRunLog } from "./run-log";
export { openRunBundle } from "./runs/bundle";
export type { Me } from "./auth/router";
export type { SessionView } from "./sessions/list";
export type { NodeDraft } from "./nodes/drafts";
export type { NodeUsage, NodeView } from "./nodes/view";
export type { VmidAnswer } from "./nodes/vmid";
export type { TemplateTrouble } from "./templates/list";
export type { TemplateDetail, TemplateView } from "./templates/view";
export type { ContainerDetail, ContainerEventView } from "./containers/get";
export type { BatchDetail, BatchItem, BatchSummary } from "./batches/view";
export type { Steered } from "./batches/steer";
export type { PlanView } from "./containers/plan";
export type { ContainerUsage, ContainerView, ServiceView } from "./containers/view";
export type {
  AttemptView,
  DecisionView,
  LogPiece,
  RunDetail,
  RunSummary,
  RunView,
  StepPosition,
  StepView,
  TurnView,
} from "./runs/view";
export type { StepInput } from "./runs/step-input";
export type { ComparedRun, ComparedStep, Comparison } from "./runs/compare";
export type { ComparedInput, ComparedPart } from "./runs/compare-parts";
export type { RunInput } from "./runs/input";
export type { RunEvent } from "./runs/watch";
export type { LiveEvent, LiveTopic } from "./live/watch";
export type { OrphanList } from "./orphans/list";
export type { OrphanView } from "./orphans/view";
export type { IntegrityView } from "./activity/integrity";
export type { ActivityView } from "./activity/list";
export type { EngineStatus } from "./engine/status";
export type { CurrentView } from "./organizations/current";
