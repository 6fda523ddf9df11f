// What a person decides about an API token: one schema for the form and the router.
import "../text/input-messages";
import { z } from "zod";
import { needsAllProjects, TokenPermissions } from "../access/token-scope";
import { uuid } from "../text/uuid";
import { VisibleName } from "./visible-name";

const TOKEN_DAYS_MAX = 366;
/** Of one token: as many as an organization has. */
const PROJECTS_MAX = 200;

export const CreateTokenInput = z
  .strictObject({
    name: VisibleName(60),
    days: z.int("Choose how long it counts.").min(1).max(TOKEN_DAYS_MAX, `At most ${TOKEN_DAYS_MAX} days.`),
    permissions: z.array(z.enum(TokenPermissions)).min(1, "Choose what it may do.").max(TokenPermissions.length),
    /** Null: all in which its person has a role, and those that come. */
    projectIds: z.array(uuid()).min(1, "Choose a project.").max(PROJECTS_MAX).nullable(),
  })
  .superRefine(({ permissions, projectIds }, context) => {
    if (projectIds === null || !permissions.some(needsAllProjects)) return;
    const message = "What is of no project takes all projects: organizations, and your nodes.";
    context.addIssue({ code: "custom", path: ["permissions"], message });
  });
export type CreateTokenInput = z.input<typeof CreateTokenInput>;
