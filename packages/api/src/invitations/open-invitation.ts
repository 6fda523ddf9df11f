// What an open invitation is in the database, and what the log calls whom it is for.

/** Neither accepted nor revoked; its seven days may be over. */
export const openInvitation = { acceptedAt: null, revokedAt: null } as const;

export function invited(email: string | null): string {
  return email ?? "whoever has the link";
}
