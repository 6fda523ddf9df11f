// Procedures on the audit log.
import { z } from "zod";
import { allowed, router } from "../trpc";
import { readIntegrity } from "./integrity";
import { listActivity } from "./list";
import { uuid } from "@homeport/domain/text/uuid";

const ListInput = z.strictObject({
  actor: uuid().optional(),
  action: z.string().max(60).optional(),
  targetType: z.string().max(30).optional(),
  limit: z.int().min(1).max(100).default(50),
  cursor: z
    .string()
    .regex(/^\d{1,18}$/)
    .nullish(),
  /** Sent along by infinite queries; lists only go one way. */
  direction: z.enum(["forward", "backward"]).optional(),
});

export const activityRouter = router({
  list: allowed("activity:read")
    .input(ListInput.prefault({}))
    .query(({ ctx, input }) => listActivity(ctx, input)),
  integrity: allowed("activity:read").query(({ ctx }) => readIntegrity(ctx)),
});
