// Procedures on templates: everybody who is signed in may browse them.
import { z } from "zod";
import { allowed, router } from "../trpc";
import { getTemplate } from "./get";
import { listTemplates, listTemplateTroubles } from "./list";

export const templatesRouter = router({
  list: allowed("template:read").query(({ ctx }) => listTemplates(ctx)),
  troubles: allowed("template:read").query(({ ctx }) => listTemplateTroubles(ctx)),
  get: allowed("template:read")
    .input(z.strictObject({ name: z.string().max(63) }))
    .query(({ ctx, input }) => getTemplate(ctx, input.name)),
});
