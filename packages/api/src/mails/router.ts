// Procedures on the mails of the whole installation, for who set it up.
import { uuid } from "@homeport/domain/text/uuid";
import { z } from "zod";
import { allowed, router } from "../trpc";
import { listMails } from "./list";
import { openMail } from "./open";
import { discardMail, sendMailAgain } from "./settle";

const Id = z.strictObject({ id: uuid() });
const ListInput = z.strictObject({
  limit: z.int().min(1).max(100).default(50),
  cursor: uuid().nullish(),
  /** Sent along by infinite queries; lists only go one way. */
  direction: z.enum(["forward", "backward"]).optional(),
});

export const mailsRouter = router({
  list: allowed("mail:read")
    .input(ListInput.prefault({}))
    .query(({ ctx, input }) => listMails(ctx, input)),
  open: allowed("mail:write", { recent: true })
    .input(Id)
    .mutation(({ ctx, input }) => openMail(ctx, input.id)),
  sendAgain: allowed("mail:write")
    .input(Id)
    .mutation(({ ctx, input }) => sendMailAgain(ctx, input.id)),
  discard: allowed("mail:write")
    .input(Id)
    .mutation(({ ctx, input }) => discardMail(ctx, input.id)),
});
