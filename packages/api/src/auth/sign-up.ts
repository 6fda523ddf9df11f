// Makes an account, its personal organization and the project "default", and signs the person in.
import type { Context } from "../context";
import { createPersonalOrganization } from "../organizations/create-personal";
import type { Me } from "./router";

export async function signUp(ctx: Context, input: { name: string; email: string; password: string }): Promise<Me> {
  const { auth, audit, origin, resHeaders } = ctx;
  const { person, cookie } = await auth.signUp(input, origin, async (transaction, made) => {
    const { organizationId, projectId } = await createPersonalOrganization(transaction, made);
    await audit(transaction, { action: "account.sign_up", target: { type: "account", id: made.id, name: made.name }, actor: made, organizationId, projectId });
  });
  resHeaders?.append("set-cookie", cookie);
  return person;
}
