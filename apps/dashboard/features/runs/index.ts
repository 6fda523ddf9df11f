// What other features and the shell use of this one; everything else is its own.
export { TextDiff } from "./replay/text-diff";
export { RunRows } from "./runs-list";
