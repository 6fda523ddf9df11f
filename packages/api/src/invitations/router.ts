// Procedures on invitations: those of an organization that one runs, and the one whose link one has.
import { LinkToken } from "@homeport/domain/account/link-token";
import { CreateInvitationInput } from "@homeport/domain/invitation/invitation-input";
import { z } from "zod";
import { allowed, inPerson, open, router } from "../trpc";
import { acceptInvitation } from "./accept";
import { createInvitation } from "./create";
import { listInvitations } from "./list";
import { showInvitation } from "./show";
import { renewInvitation, revokeInvitation } from "./settle";
import { uuid } from "@homeport/domain/text/uuid";

const Id = z.strictObject({ id: uuid() });
const Token = z.strictObject({ token: LinkToken });

export const invitationsRouter = router({
  list: allowed("member:write")
    .input(z.strictObject({ organizationId: uuid() }))
    .query(({ ctx, input }) => listInvitations(ctx, input.organizationId)),
  create: allowed("member:write")
    .input(CreateInvitationInput)
    .mutation(({ ctx, input }) => createInvitation(ctx, input)),
  renew: allowed("member:write")
    .input(Id)
    .mutation(({ ctx, input }) => renewInvitation(ctx, input.id)),
  revoke: allowed("member:write")
    .input(Id)
    .mutation(({ ctx, input }) => revokeInvitation(ctx, input.id)),
  show: open("who is invited may have no account yet; the token is what they show")
    .input(Token)
    .mutation(({ ctx, input }) => showInvitation(ctx, input.token)),
  accept: inPerson("account:write")
    .input(Token)
    .mutation(({ ctx, input }) => acceptInvitation(ctx, input.token)),
});
