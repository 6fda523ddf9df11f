// What other features and the shell use of this one; everything else is its own.
export { arrive } from "./arrive";
export { SignInAsOther } from "./sign-in-as-other";
export { SignUpForm } from "./sign-up-form";
