// What came out of a container is not what Homeport's own process inside it answers: whoever is root in there decides what is sent.

export class GuestAnswerError extends Error {
  override readonly name = "GuestAnswerError";
  /** `what` completes "it sent …". */
  constructor(what: string, options?: ErrorOptions) {
    super(`it sent ${what}`, options);
  }
}
