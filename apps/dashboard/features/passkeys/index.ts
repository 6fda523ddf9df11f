// What other features use of this one; everything else is its own.
export { PasskeysCard } from "./passkeys-card";
