// The workflows that a worker offers, by name.
export { operateContainer } from "./operate-container";
export { planContainer } from "./plan-container";
export { probeNode } from "./probe-node";
export { provisionContainer } from "./provision-container";
export { reconcile } from "./reconcile";
export { watchNode } from "./watch-node";
