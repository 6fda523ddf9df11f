// Makes an account, its personal organization and the project "default", and signs the person in.
import { AppError } from "@homeport/domain/error";
import type { Context } from "../context";
import { personActor } from "../access/actor";
import { join, lockInvited, type Joined } from "../invitations/accept";
import { createPersonalOrganization } from "../projects/create-personal";
import { postConfirmation } from "../address/send-link";
import { endReplaced } from "./replaced-session";
import type { Me } from "./router";

export async function signUp(
  ctx: Context,
  { invitation: token, ...input }: { name: string; email: string; password: string; invitation?: string | undefined },
): Promise<Me & { joined: Joined | null }> {
  const { auth, audit, origin, resHeaders } = ctx;
  const mode = await signUpMode(ctx);
  if (mode === "closed")
    throw new AppError(
      "sign_up.closed",
      "Sign-up is closed here. Ask the person who runs this Homeport for an account.",
    );
  if (mode === "invitation" && token === undefined)
    throw new AppError(
      "sign_up.by_invitation",
      "Sign-up is by invitation here: open the link that you were sent, or ask a member for one.",
    );
  let joined: Joined | null = null;
  // Else they ask for a link later.
  const mayMail = await auth.mayMailTo(input.email);
  const { person, cookie } = await auth.signUp(input, origin, async (transaction, made) => {
    if (token !== undefined) await lockInvited(transaction, token);
    await endReplaced(ctx, transaction);
    const { organizationId, projectId } = await createPersonalOrganization(transaction, made);
    // Where it cannot be accepted, no account is made.
    if (token !== undefined) joined = await join(ctx, transaction, { token, person: made });
    if (mayMail) await postConfirmation(ctx, transaction, made);
    await audit(transaction, {
      action: "account.sign_up",
      target: { type: "account", id: made.id, name: made.name },
      actor: personActor(made),
      organizationId,
      projectId,
    });
  });
  resHeaders?.append("set-cookie", cookie);
  return { ...person, joined };
}

/** The setting HOMEPORT_SIGN_UP, for all but the first person: without any account nobody could use Homeport at all. */
export async function signUpMode({
  config: { signUp: mode = "open" },
  db,
}: Pick<Context, "config" | "db">): Promise<"open" | "invitation" | "closed"> {
  return mode === "open" || (await db.user.findFirst({ select: { id: true } })) === null ? "open" : mode;
}
