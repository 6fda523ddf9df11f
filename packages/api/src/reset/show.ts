// Whose password a link sets: asked like a mutation, so that the token is in no URL; it changes nothing.
import type { Context } from "../context";

export async function showReset({ auth, audit }: Context, token: string): Promise<{ email: string }> {
  const { email } = await auth.showReset(token);
  audit.nothing("it shows, and changes nothing");
  return { email };
}
