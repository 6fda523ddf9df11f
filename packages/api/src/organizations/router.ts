// Procedures on the organization and project a person works in.
import { allowed, router } from "../trpc";
import { currentOrganization } from "./current";

export const organizationsRouter = router({
  current: allowed("account:read").query(({ ctx }) => currentOrganization(ctx)),
});
