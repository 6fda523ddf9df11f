// What other features and the shell use of this one; everything else is its own.
export { useCalm } from "./list/use-containers";
export { ServiceLinks } from "./page/service-links";
export { SpecList } from "./page/spec-list";
export { forgetWizard } from "./wizard/saved-wizard";
