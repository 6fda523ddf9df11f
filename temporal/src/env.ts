// The worker's environment, parsed where it enters.
import path from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { TASK_QUEUE } from "./contract";

const root = fileURLToPath(new URL("../..", import.meta.url));

export const WorkerEnv = z
  .object({
    DATABASE_URL: z.string().min(1),
    TEMPORAL_ADDRESS: z.string().default("127.0.0.1:7233"),
    TEMPORAL_NAMESPACE: z.string().default("default"),
    TEMPORAL_TASK_QUEUE: z.string().default(TASK_QUEUE),
    /** Which of the two this process is (worker.ts); both where there is only one. */
    HOMEPORT_WORKER_PART: z.enum(["both", "runs", "nodes"]).default("both"),
    HOMEPORT_HOME: z.string().default(path.join(root, ".homeport")),
    HOMEPORT_KEY_FILE: z.string().optional(),
    /** Where the newest signed head of the audit log is remembered, outside of the database. */
    HOMEPORT_AUDIT_HEAD_FILE: z.string().optional(),
    /** Where people reach this Homeport: links in mails begin with it. */
    HOMEPORT_URL: z.url().optional(),
    /** 0: logs are kept for ever. */
    HOMEPORT_LOG_DAYS: z.coerce.number().min(0).default(90),
    /** 0: entries of the audit log are kept for ever. */
    HOMEPORT_AUDIT_DAYS: z.coerce.number().int().min(0).max(36_500).default(0),
    /** A file of build-worker.ts; absent: the workflows are compiled at the start. */
    HOMEPORT_WORKFLOW_BUNDLE: z.string().optional(),
    HOMEPORT_TEMPLATES: z.string().default(path.join(root, "templates")),
  })
  .transform(({ HOMEPORT_HOME, HOMEPORT_KEY_FILE, HOMEPORT_AUDIT_HEAD_FILE, ...env }) => {
    const keyFile = HOMEPORT_KEY_FILE ?? path.join(HOMEPORT_HOME, "keys", "sealing.json");
    return { ...env, keyFile, auditHeadFile: auditHeadFile(keyFile, HOMEPORT_AUDIT_HEAD_FILE) };
  });
export type WorkerEnv = z.output<typeof WorkerEnv>;

/** Beside the sealing keys, which the database has not either, unless `set` says otherwise. */
export function auditHeadFile(keyFile: string, set: string | undefined): string {
  return set === undefined || set === "" ? path.join(path.dirname(keyFile), "audit-head.json") : set;
}
