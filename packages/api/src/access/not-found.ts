// One answer for what does not exist and for what is not yours: a stranger learns nothing from it.
import { AppError } from "@homeport/domain/error";
import { uuid } from "@homeport/domain/text/uuid";

export function notFound(noun: string): AppError {
  return new AppError("thing.not_found", `There is no such ${noun}, or it is not yours.`);
}

/** For an id that no schema has parsed, as in the path of a download: what is no UUID names nothing. */
export function requireId(id: string, noun: string): void {
  if (!uuid().safeParse(id).success) throw notFound(noun);
}
