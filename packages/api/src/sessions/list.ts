// Where the person is signed in, the present browser first.
import type { InPersonContext } from "../context";

type Session = InPersonContext["signedIn"]["session"];
/** Its id is the one for the screen; the row's own stays on the server. */
export type SessionView = Pick<Session, "createdAt" | "lastSeenAt" | "expiresAt" | "ip" | "userAgent"> & {
  id: string;
  current: boolean;
};

export async function listSessions({ auth, userId, signedIn }: InPersonContext): Promise<SessionView[]> {
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
