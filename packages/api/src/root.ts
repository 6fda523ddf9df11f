// All procedures.
import { approvalsRouter } from "./approvals/router";
import { addressRouter } from "./address/router";
import { activityRouter } from "./activity/router";
import { authRouter } from "./auth/router";
import { batchesRouter } from "./batches/router";
import { containersRouter } from "./containers/router";
import { engineRouter } from "./engine/router";
import { leasesRouter } from "./leases/router";
import { liveRouter } from "./live/router";
import { nodesRouter } from "./nodes/router";
import { invitationsRouter } from "./invitations/router";
import { mailsRouter } from "./mails/router";
import { organizationsRouter } from "./organizations/router";
import { orphansRouter } from "./orphans/router";
import { projectsRouter } from "./projects/router";
import { passkeysRouter } from "./passkeys/router";
import { peopleRouter } from "./people/router";
import { quotasRouter } from "./quotas/router";
import { resetRouter } from "./reset/router";
import { runsRouter } from "./runs/router";
import { secondFactorRouter } from "./second-factor/router";
import { sessionsRouter } from "./sessions/router";
import { templatesRouter } from "./templates/router";
import { tokensRouter } from "./tokens/router";
import { createCallerFactory, router } from "./trpc";

export const appRouter = router({
  auth: authRouter,
  sessions: sessionsRouter,
  tokens: tokensRouter,
  secondFactor: secondFactorRouter,
  passkeys: passkeysRouter,
  address: addressRouter,
  reset: resetRouter,
  mails: mailsRouter,
  people: peopleRouter,
  nodes: nodesRouter,
  templates: templatesRouter,
  containers: containersRouter,
  batches: batchesRouter,
  runs: runsRouter,
  orphans: orphansRouter,
  activity: activityRouter,
  engine: engineRouter,
  live: liveRouter,
  invitations: invitationsRouter,
  organizations: organizationsRouter,
  projects: projectsRouter,
  quotas: quotasRouter,
  leases: leasesRouter,
  approvals: approvalsRouter,
});
export type AppRouter = typeof appRouter;

/** For pages rendered on the server, and for tests. */
export const createCaller = createCallerFactory(appRouter);
