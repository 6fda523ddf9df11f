// What other features and the shell use of this one; everything else is its own.
export { SecondFactorCard } from "./second-factor-card";
export { AskedBanner } from "./asked-banner";
