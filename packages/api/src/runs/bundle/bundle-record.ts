// What a bundle says of a run, and what must not be in it.
import type { Vault } from "@homeport/db/sealing";
import { containerOf } from "@homeport/domain/run/run-subject";
import type { MemberContext } from "../../context";
import type { Membership } from "../../access/projects";
import { createRedaction, type Hidden, type Redaction } from "./bundle-redaction";
import { owned } from "../../access/owned";

export interface Bundle {
  runId: string;
  hostname: string;
  kind: string;
  record: unknown;
  template: unknown;
  /** Every attempt that has a log, with the name of its file. */
  attempts: { stepId: string; attempt: number; file: string }[];
  redaction: Redaction;
}

const attempt = {
  attempt: true,
  state: true,
  error: true,
  detail: true,
  edit: true,
  startedAt: true,
  endedAt: true,
} as const;
const select = {
  id: true,
  kind: true,
  state: true,
  input: true,
  error: true,
  waitingFor: true,
  planHash: true,
  againOfId: true,
  batchId: true,
  cancelRequestedAt: true,
  pauseRequestedAt: true,
  logsDroppedAt: true,
  createdAt: true,
  startedAt: true,
  endedAt: true,
  user: { select: { name: true } },
  byLease: true,
  node: {
    select: {
      id: true,
      name: true,
      pveVersion: true,
      host: true,
      tokenId: true,
      tokenSecret: true,
      sshUser: true,
      sshPassword: true,
      sshPrivateKey: true,
    },
  },
  container: {
    select: {
      hostname: true,
      vmid: true,
      services: { select: { id: true, credentials: true } },
      templateRevision: {
        select: { revision: true, hash: true, definition: true, template: { select: { name: true } } },
      },
    },
  },
  steps: {
    orderBy: { position: "asc" },
    select: {
      id: true,
      name: true,
      title: true,
      state: true,
      attempt: true,
      tries: true,
      warnings: true,
      error: true,
      detail: true,
      startedAt: true,
      endedAt: true,
      attempts: { select: attempt, orderBy: { attempt: "asc" } },
    },
  },
  decisions: {
    orderBy: { createdAt: "asc" },
    select: {
      decision: true,
      step: true,
      attempt: true,
      createdAt: true,
      deliveredAt: true,
      refusal: true,
      user: { select: { name: true } },
    },
  },
} as const;

export async function readBundle(
  ctx: MemberContext,
  runId: string,
): Promise<{ bundle: Bundle; membership: Membership }> {
  const { row: run, membership } = await owned(ctx, { noun: "run", id: runId, permission: "run:read" }, select);
  const { node, container: _, steps, decisions, user, byLease, input, ...rest } = run;
  const container = containerOf(run);
  const { templateRevision } = container;
  const logged = await ctx.db.runLog.groupBy({ by: ["stepId", "attempt"], where: { runId } });
  const hidden = [
    ...(await nodeAddresses(ctx, node.host)),
    ...nodeSecrets(ctx.vault, node),
    ...credentials(ctx.vault, container.services),
  ];
  return {
    membership,
    bundle: {
      runId,
      hostname: container.hostname,
      kind: run.kind,
      redaction: createRedaction(hidden),
      template: {
        name: templateRevision.template.name,
        revision: templateRevision.revision,
        hash: templateRevision.hash,
        definition: templateRevision.definition,
      },
      record: {
        format: "homeport-run",
        formatVersion: 1,
        exportedAt: ctx.clock(),
        run: {
          ...rest,
          askedBy: byLease ? "its lease" : user.name,
          node: { name: node.name, pveVersion: node.pveVersion },
          container: { hostname: container.hostname, vmid: container.vmid },
        },
        input: withoutKeys(input),
        steps: steps.map(({ id: _, ...step }) => step),
        decisions: decisions.map(({ user: by, ...decision }) => ({ ...decision, by: by?.name ?? null })),
      },
      attempts: steps.flatMap(({ id, name }, index) =>
        logged
          .filter(({ stepId }) => stepId === id)
          .map((one) => one.attempt)
          .sort((a, b) => a - b)
          .map((one) => ({
            stepId: id,
            attempt: one,
            file: `logs/${String(index + 1).padStart(2, "0")}-${name}/attempt-${one}.log`,
          })),
      ),
    },
  };
}

/** A public key is no secret, but it names a person. */
function withoutKeys(input: unknown): unknown {
  if (
    typeof input !== "object" ||
    input === null ||
    !("sshPublicKey" in input) ||
    typeof input.sshPublicKey !== "string"
  )
    return input;
  const count = input.sshPublicKey.split("\n").filter(Boolean).length;
  return { ...input, sshPublicKey: count === 0 ? "" : `[${count} SSH ${count === 1 ? "key" : "keys"}]` };
}

/** The address as it was typed, and what it means: a log may hold either. Without a name server only the first is known. */
async function nodeAddresses({ resolve }: MemberContext, host: string): Promise<Hidden[]> {
  const resolved = await resolve(host).catch((): string[] => []);
  return [...new Set([host, ...resolved])].map((text) => ({ text, mark: "[node address]" }));
}

type NodeSecrets = {
  id: string;
  tokenId: string;
  tokenSecret: string;
  sshPassword: string | null;
  sshPrivateKey: string | null;
};

/** Opened only to be looked for; a value whose key is gone could not have been used either. */
function nodeSecrets(vault: Vault, node: NodeSecrets): Hidden[] {
  const columns = ["tokenSecret", "sshPassword", "sshPrivateKey"] as const;
  const opened = columns.flatMap((column) => {
    const sealed = node[column];
    return sealed === null ? [] : attemptTo(() => vault.open({ table: "ProxmoxNode", row: node.id, column }, sealed));
  });
  return [node.tokenId, ...opened].map((text) => ({ text, mark: "[secret]" }));
}

/** What names a user or a database is no secret, and would be missing everywhere. */
const NO_SECRET = /user|name|database|host|port|url/i;

function credentials(vault: Vault, services: readonly { id: string; credentials: string | null }[]): Hidden[] {
  return services.flatMap(({ id, credentials: sealed }) => {
    if (sealed === null) return [];
    const [text] = attemptTo(() => vault.open({ table: "ContainerService", row: id, column: "credentials" }, sealed));
    const values = Object.entries(JSON.parse(text ?? "{}") as Record<string, unknown>); // sealed by us, from parsed credentials
    return values.flatMap(([key, value]): Hidden[] =>
      typeof value === "string" && !NO_SECRET.test(key) ? [{ text: value, mark: "[secret]" }] : [],
    );
  });
}

function attemptTo(open: () => string): string[] {
  try {
    return [open()];
  } catch {
    return [];
  }
}
