// Procedures on the organizations a person belongs to.
import { allowed, router } from "../trpc";
import { listOrganizations } from "./list";

export const organizationsRouter = router({
  list: allowed("account:read").query(({ ctx }) => listOrganizations(ctx)),
});
