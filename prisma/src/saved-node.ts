// Which rows of ProxmoxNode are nodes that Homeport works with: neither removed, nor still being tested.
import type { Prisma } from "./generated/client";

export const savedNode = { retiredAt: null, draftUntil: null } as const satisfies Prisma.ProxmoxNodeWhereInput;

/** Those that are watched and compared: their identity is confirmed, and it is what was confirmed. */
export const watchedNode = {
  ...savedNode,
  tlsFingerprint: { not: null },
  pveName: { not: null },
  state: { notIn: ["unverified", "key_changed"] },
} satisfies Prisma.ProxmoxNodeWhereInput;
