// Procedures on the caller's own sessions.
import { z } from "zod";
import { inPerson, router } from "../trpc";
import { endSession } from "./end";
import { endOtherSessions } from "./end-others";
import { listSessions } from "./list";

export const sessionsRouter = router({
  list: inPerson("account:read").query(({ ctx }) => listSessions(ctx)),
  end: inPerson("account:write")
    .input(z.strictObject({ id: z.string().max(64) }))
    .mutation(({ ctx, input }) => endSession(ctx, input.id)),
  endOthers: inPerson("account:write").mutation(({ ctx }) => endOtherSessions(ctx)),
});
