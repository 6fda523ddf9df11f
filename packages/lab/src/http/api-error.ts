// Failures as Proxmox words them: a status, a text for the reason phrase and body, and `errors` per parameter.

export class ApiError extends Error {
  override readonly name = "ApiError";
  constructor(
    readonly status: number,
    message: string,
    readonly errors?: Record<string, string>,
  ) {
    super(message);
  }
}

export function invalid(errors: Record<string, string>): ApiError {
  return new ApiError(400, "Parameter verification failed.", errors);
}

/** What a Perl `die` in a handler becomes. */
export function died(message: string): ApiError {
  return new ApiError(500, message);
}

export function denied(detail?: string): ApiError {
  return new ApiError(403, detail === undefined ? "Permission check failed" : `Permission check failed (${detail})`);
}

export function messageOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}
