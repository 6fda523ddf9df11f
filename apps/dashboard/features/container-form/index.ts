// What other features and the shell use of this one; everything else is its own.
export { aboutInput } from "./about-input";
export {
  Draft,
  type DraftField,
  type DraftProblems,
  emptyDraft,
  type DraftOf,
  fieldOf,
  fromDraft,
  fromServer,
  problemsOf,
  problemText,
  toDraft,
  toInput,
} from "./draft";
export { type FieldsContext, problemOf, TextArea, TextInput } from "./fields";
export { WizardSkeleton } from "./form-skeleton";
export { NetworkFields } from "./network-fields";
export { NodeStep } from "./node-step";
export { imageName, type PlanLine, planLines } from "./plan";
export { RoomLeft } from "./room-left";
export { AdvancedFields, SizeFields } from "./size-fields";
export { SoftwareStep } from "./software-step";
export { applySuggestions, freeHostname, type Known, suggest, type Suggestions } from "./suggest";
export { useHeld } from "./use-held";
export { useOffer, whyNotCreateOn } from "./use-offer";
export { useRoom } from "./use-room";
