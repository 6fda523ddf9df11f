// Why an invitation cannot be accepted any more, and what to do about it.

export const invitationStateText: Record<"lapsed" | "revoked" | "accepted", string> = {
  lapsed: "Its seven days are over: ask who invited you for a new link.",
  revoked: "It was taken back: ask who invited you.",
  accepted: "Somebody has accepted it: each is for one person. Ask who invited you for another.",
};
