// The workflows that a worker offers, by name.
export { askVmid } from "./ask-vmid";
export { housekeeping } from "./housekeeping";
export { lendContainer } from "./lend-container";
export { operateContainer } from "./operate-container";
export { planBatch } from "./plan-batch";
export { planContainer } from "./plan-container";
export { probeNode } from "./probe-node";
export { provisionContainer } from "./provision-container";
export { reconcile } from "./reconcile";
export { watchNode } from "./watch-node";
