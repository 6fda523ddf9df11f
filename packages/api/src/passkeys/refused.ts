// Why a passkey does not count.
import { AppError } from "@homeport/domain/error";

export function lapsed(): AppError {
  return new AppError(
    "passkey.lapsed",
    "This took longer than five minutes, or was answered already. Nothing has changed: try again.",
  );
}

export function unknownPasskey(): AppError {
  return new AppError(
    "passkey.unknown",
    "This passkey is not known here: it was removed from its account, or is of another Homeport. Sign in another way, and delete it where it is kept.",
  );
}

export function wrongPasskey(cause: unknown): AppError {
  return new AppError(
    "passkey.wrong",
    "This passkey does not count: what your browser sent for it is not what was asked for. Try again, at the address that this Homeport is reached by.",
    { cause },
  );
}

export function copiedPasskey(): AppError {
  return new AppError(
    "passkey.copied",
    "This passkey does not count: it was used less often than Homeport has seen it, so there is a copy of it somewhere. Sign in another way, and remove it under Account.",
  );
}

export function otherPasskey(): AppError {
  return new AppError("passkey.other", "This is a passkey of another account: use one of your own.");
}

export function nameTaken(cause?: unknown): AppError {
  const why = "You have a passkey of this name already: choose another name.";
  return new AppError("passkey.name_taken", why, { fields: { name: why }, cause });
}
