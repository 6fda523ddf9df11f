// What other features and the shell use of this one; everything else is its own.
export { useApprovalCount } from "./use-approval-count";
