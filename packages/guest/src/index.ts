// What Homeport runs inside a container, and how to talk to it.
export * from "./answers";
export * from "./argv";
export * from "./channel";
export { GuestAnswerError } from "./guest-answer-error";
export * from "./texts";
