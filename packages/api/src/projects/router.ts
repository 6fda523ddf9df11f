// Procedures on the projects a person works in.
import { CreateProjectInput, ProjectRoleInput, UpdateProjectInput } from "@homeport/domain/project/project-input";
import { z } from "zod";
import { allowed, router } from "../trpc";
import { createProject } from "./create";
import { findProjectOf } from "./find";
import { getProject } from "./get";
import { listProjects } from "./list";
import { listProjectMembers } from "./members/list";
import { removeFromProject, setProjectRole } from "./members/set";
import { retireProject } from "./retire";
import { updateProject } from "./update";
import { uuid } from "@homeport/domain/text/uuid";

const Thing = z.strictObject({ noun: z.enum(["container", "run", "batch"]), id: uuid() });
const Member = z.strictObject({ projectId: uuid(), userId: uuid() });
/** As the database has it; what is longer names nothing. */
const Slug = z.string().min(1).max(100);

export const projectsRouter = router({
  list: allowed("project:read").query(({ ctx }) => listProjects(ctx)),
  get: allowed("project:read")
    .input(z.strictObject({ slug: Slug }))
    .query(({ ctx, input }) => getProject(ctx, input.slug)),
  of: allowed("project:read")
    .input(Thing)
    .query(({ ctx, input }) => findProjectOf(ctx, input)),
  create: allowed("organization:write")
    .input(CreateProjectInput.extend({ requestKey: uuid() }))
    .mutation(({ ctx, input }) => createProject(ctx, input)),
  members: allowed("project:read")
    .input(z.strictObject({ projectId: uuid() }))
    .query(({ ctx, input }) => listProjectMembers(ctx, input.projectId)),
  setMemberRole: allowed("member:write")
    .input(Member.extend({ role: ProjectRoleInput }))
    .mutation(({ ctx, input }) => setProjectRole(ctx, input)),
  removeMember: allowed("member:write")
    .input(Member)
    .mutation(({ ctx, input }) => removeFromProject(ctx, input)),
  destroy: allowed("organization:write", { recent: true })
    .input(z.strictObject({ id: uuid(), name: z.string().max(200) }))
    .mutation(({ ctx, input }) => retireProject(ctx, input)),
  update: allowed("project:write")
    .input(UpdateProjectInput)
    .mutation(({ ctx, input }) => updateProject(ctx, input)),
});
