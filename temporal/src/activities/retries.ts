// How long each kind of activity may take and how it is tried again: one table, read by the workflows.
import type { ActivityOptions, LocalActivityOptions } from "@temporalio/common";

/**
 * A worker that died is missed after this. Activities beat every second, and every second beat is sent (worker.ts): one of three is enough. A worker that is
 * only slow loses the step to another try, which takes the pen from it (records/step-record): some calls to the node, and nothing twice.
 */
export const MISSED_AFTER_MS = 6_000;
const heartbeatTimeout = MISSED_AFTER_MS;
/** Of the process that looks at nodes: what a hostile one answers, up to its cap, keeps it from beating for a while, and no run waits for it. */
const lookingTimeout = "20s";

/** While a node is away its state is unknown, not failed: hours, not three tries. What cannot help is refused by failures.ts. */
const patient = { initialInterval: "1s", backoffCoefficient: 1.7, maximumInterval: "15s" } as const;
const forHours = "24h";

/** Of a cancelled activity the workflow waits for the end: undoing must not race with what it undoes. */
const cancellationType = "WAIT_CANCELLATION_COMPLETED" as const;

export const activityOptions = {
  /** Rows only; PostgreSQL may be away for a while. */
  records: {
    startToCloseTimeout: "20s",
    cancellationType,
    retry: { initialInterval: "200ms", backoffCoefficient: 2, maximumInterval: "5s" },
  },
  /** The same, in the workflow's own task, before it is tried elsewhere: a moment, as nobody else is heard meanwhile. */
  recordsHere: {
    startToCloseTimeout: "20s",
    scheduleToCloseTimeout: "20s",
    cancellationType,
    retry: { initialInterval: "100ms", backoffCoefficient: 2, maximumAttempts: 3 },
  },
  /** A Proxmox task or two. */
  task: {
    startToCloseTimeout: "1h",
    scheduleToCloseTimeout: forHours,
    heartbeatTimeout,
    cancellationType,
    retry: patient,
  },
  /** A script has its own limit, in its template; this one is above the largest. */
  script: {
    startToCloseTimeout: "13h",
    scheduleToCloseTimeout: "26h",
    heartbeatTimeout,
    cancellationType,
    retry: patient,
  },
  /** Never given up: what we made is ours to remove. */
  undo: {
    startToCloseTimeout: "1h",
    heartbeatTimeout,
    cancellationType,
    retry: { ...patient, maximumInterval: "30s" },
  },
  /** A probe tells what it met; it does not wait for better times. */
  probe: {
    startToCloseTimeout: "2m",
    heartbeatTimeout: lookingTimeout,
    cancellationType,
    retry: { initialInterval: "1s", maximumAttempts: 2 },
  },
  /** Somebody waits for it in front of a screen: 6 s for what the node says, 8 s for a look into its OS image. */
  plan: {
    startToCloseTimeout: "16s",
    scheduleToCloseTimeout: "18s",
    cancellationType,
    retry: { initialInterval: "200ms", maximumAttempts: 2 },
  },
  /** What cannot be seen now is seen at the next look. */
  reconcile: {
    startToCloseTimeout: "5m",
    heartbeatTimeout: "60s",
    cancellationType,
    retry: { initialInterval: "1s", maximumAttempts: 2 },
  },
  /** Pages. What fails for a minute is left to a later round. */
  housekeeping: {
    startToCloseTimeout: "1h",
    heartbeatTimeout,
    cancellationType,
    retry: { initialInterval: "1s", backoffCoefficient: 2, maximumInterval: "15s", maximumAttempts: 8 },
  },
  /** A row or a few; for as long as it takes. */
  lease: {
    startToCloseTimeout: "20s",
    cancellationType,
    retry: { initialInterval: "1s", backoffCoefficient: 2, maximumInterval: "60s" },
  },
  /** Polls until it is told to begin anew. */
  watch: {
    startToCloseTimeout: "2h",
    heartbeatTimeout: lookingTimeout,
    cancellationType,
    retry: { initialInterval: "1s", backoffCoefficient: 1.5, maximumInterval: "10s" },
  },
} as const satisfies Record<string, ActivityOptions | LocalActivityOptions>;
