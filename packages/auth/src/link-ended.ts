// Why a link that was mailed does nothing any more.
import { AppError } from "@homeport/domain/error";

const why = {
  unknown: "This link is not known: copy all of it, from http to its last character.",
  used: "This link was used already, and works once.",
  lapsed: "This link has ended: its time is over, or a newer one was sent in its place.",
} as const;

export function linkEnded(how: keyof typeof why): AppError {
  return new AppError(how === "unknown" ? "link.unknown" : "link.ended", why[how]);
}
