// What other features use of this one; everything else is its own.
export { SpecList } from "./page/spec-list";
