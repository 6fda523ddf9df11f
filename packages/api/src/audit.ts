// The audit line that every mutation writes, in the transaction that does what it tells of.
import type { DbOrTransaction } from "@homeport/db/client";
import type { Origin } from "@homeport/auth";
import type { Actor } from "./access/actor";

interface AuditEntry {
  /** "<noun>.<verb>": container.create, node.confirm, session.end. */
  action: string;
  target?: {
    type:
      | "account"
      | "session"
      | "organization"
      | "member"
      | "invitation"
      | "project"
      | "node"
      | "container"
      | "run"
      | "batch"
      | "orphan"
      | "approval"
      | "mail"
      | "token";
    id: string;
    name?: string;
  };
  organizationId?: string;
  projectId?: string;
  /** Never a secret: people with a look at the activity page see it. */
  details?: Record<string, string | number | boolean | null>;
  /** For sign-in and sign-up, where the request itself is nobody's yet. Null: known to be nobody. */
  actor?: Actor | null;
}

export interface Audit {
  (within: DbOrTransaction, entry: AuditEntry): Promise<void>;
  /** For a mutation that found nothing to do: the line was written by the first click, or there is nothing to tell. */
  nothing(why: string): void;
  /** Whether either was called. */
  readonly recorded: boolean;
}

export function createAudit(self: Actor | null, origin: Origin): Audit {
  let recorded = false;
  const write = async (within: DbOrTransaction, entry: AuditEntry): Promise<void> => {
    const actor = entry.actor === undefined ? self : entry.actor;
    await within.auditLog.create({
      data: {
        actorKind: actor?.kind ?? null,
        actorId: actor?.id ?? null,
        actorEmail: actor?.email ?? null,
        action: entry.action,
        targetType: entry.target?.type ?? null,
        targetId: entry.target?.id ?? null,
        targetName: entry.target?.name ?? null,
        organizationId: entry.organizationId ?? null,
        projectId: entry.projectId ?? null,
        ip: origin.ip,
        userAgent: origin.userAgent,
        details:
          actor?.kind === "person" && actor.tokenName !== undefined
            ? { ...entry.details, token: actor.tokenName }
            : (entry.details ?? {}),
      },
    });
    recorded = true;
  };
  return Object.defineProperties(write, {
    nothing: {
      value: () => {
        recorded = true;
      },
    },
    recorded: { get: () => recorded },
  }) as Audit; // the two properties are what the interface adds to the function
}
