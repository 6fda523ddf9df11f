// The server's refusals, at the inputs they are about.
import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";
import type { ApiError } from "./trpc";

/** Puts what the server said of single inputs at them; answers what is left to be said of the whole, if anything. */
export function placeErrors<Values extends FieldValues>(
  form: UseFormReturn<Values>,
  error: ApiError,
): string | undefined {
  const fields = Object.entries(error.data?.fields ?? {});
  const known = new Set(Object.keys(form.getValues()));
  const placed = fields.filter(([name]) => known.has(name));
  for (const [name, message] of placed) form.setError(name as FieldPath<Values>, { message }); // checked above
  const [first] = placed;
  if (first) form.setFocus(first[0] as FieldPath<Values>); // checked above
  const rest = fields.filter(([name]) => !known.has(name)).map(([, message]) => message);
  if (placed.length > 0) return rest.length > 0 ? rest.join(" ") : undefined;
  return rest.length > 0 ? `${error.message} ${rest.join(" ")}` : error.message;
}
