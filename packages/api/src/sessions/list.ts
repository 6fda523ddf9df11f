// Where the person is signed in, the present browser first.
import type { MemberContext } from "../context";

export interface SessionView {
  id: string;
  current: boolean;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  ip: string;
  userAgent: string;
}

export async function listSessions({ auth, userId, signedIn }: MemberContext): Promise<SessionView[]> {
  const sessions = await auth.listSessions(userId);
  const views = sessions.map(({ publicId, createdAt, lastSeenAt, expiresAt, ip, userAgent }) => ({
    id: publicId,
    current: publicId === signedIn.session.publicId,
    createdAt,
    lastSeenAt,
    expiresAt,
    ip,
    userAgent,
  }));
  return views.sort((a, b) => Number(b.current) - Number(a.current));
}
