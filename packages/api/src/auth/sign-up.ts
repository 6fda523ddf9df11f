// Makes an account, its personal organization and the project "default", and signs the person in.
import { AppError } from "@homeport/domain/error";
import type { Context } from "../context";
import { personActor } from "../access/actor";
import { createPersonalOrganization } from "../projects/create-personal";
import { endReplaced } from "./replaced-session";
import type { Me } from "./router";

export async function signUp(ctx: Context, input: { name: string; email: string; password: string }): Promise<Me> {
  const { auth, audit, origin, resHeaders } = ctx;
  if (!(await signUpOpen(ctx)))
    throw new AppError(
      "sign_up.closed",
      "Sign-up is closed here. Ask the person who runs this Homeport for an account.",
    );
  const { person, cookie } = await auth.signUp(input, origin, async (transaction, made) => {
    await endReplaced(ctx, transaction);
    const { organizationId, projectId } = await createPersonalOrganization(transaction, made);
    await audit(transaction, {
      action: "account.sign_up",
      target: { type: "account", id: made.id, name: made.name },
      actor: personActor(made),
      organizationId,
      projectId,
    });
  });
  resHeaders?.append("set-cookie", cookie);
  return person;
}

/** HOMEPORT_SIGN_UP=closed lets nobody in but the first person: without any account nobody could use Homeport at all. */
export async function signUpOpen({ config, db }: Pick<Context, "config" | "db">): Promise<boolean> {
  return config.signUp !== "closed" || (await db.user.findFirst({ select: { id: true } })) === null;
}
