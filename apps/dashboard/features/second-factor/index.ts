// What other features and the shell use of this one; everything else is its own.
export { SecondFactorCard } from "./second-factor-card";
export { CodeForm } from "./code-form";
export { RecoveryCodes } from "./recovery-codes";
export { AskedBanner } from "./asked-banner";
