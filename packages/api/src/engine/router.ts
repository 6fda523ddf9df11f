// Procedures on what keeps Homeport going.
import { allowed, router } from "../trpc";
import { engineStatus } from "./status";

export const engineRouter = router({
  status: allowed("account:read").query(({ ctx }) => engineStatus(ctx)),
});
