// What hurts is done once its name was typed.
import { AppError } from "@homeport/domain/error";

export function requireTypedName(typed: string | undefined, name: string): void {
  if (typed?.trim() === name) return;
  const why = `Type ${name} to confirm.`;
  throw new AppError("confirm.name", why, { fields: { name: why } });
}
