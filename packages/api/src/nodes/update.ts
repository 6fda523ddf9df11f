// Changes a node. What reaches it is changed in a draft, and tested there first; a new place is a new identity, and needs its secrets again.
import { Prisma } from "@homeport/db/client";
import { AppError } from "@homeport/domain/error";
import type { UpdateNodeInput } from "@homeport/domain/node/node-input";
import type { NodeReasonCode } from "@homeport/domain/node/node-reason";
import type { ProxmoxNode } from "@homeport/db/types";
import type { z } from "zod";
import type { MemberContext } from "../context";
import { newId } from "@homeport/records/new-id";
import { requireRoomForCheck, requireRoomForDraft } from "./caps";
import { beforeTest, draftEnd, fieldsChanged } from "./drafts/draft";
import { requireFreeName } from "./free-name";
import { lockNodesOf } from "../access/node-locks";
import { owned } from "../access/owned";
import { requireUsablePlace } from "./place";
import { sealSecrets, secretsFor } from "./secrets";
import { startFirstProbe, startProbe } from "./start-probe";

type Input = z.output<typeof UpdateNodeInput>;

/** Answers what is to be shown next: the node, or the draft that is tested in its place and changes it when it is saved. */
export async function updateNode(ctx: MemberContext, input: Input): Promise<{ id: string }> {
  const { userId, vault, clock } = ctx;
  const { id, name, host, port, tokenId, sshPort } = input;
  const asked = { noun: "nodeOrDraft", id, permission: "node:write" } as const;
  await owned(ctx, asked, { id: true });
  await requireUsablePlace(ctx, input);
  const draftId = newId(clock());
  const shown = await ctx.db.$transaction(async (transaction) => {
    await lockNodesOf(transaction, userId);
    await owned(ctx, { ...asked, within: transaction }, { id: true });
    const before = await transaction.proxmoxNode.findUniqueOrThrow({ where: { id } });
    await requireFreeName(transaction, { userId, name, except: before.replacesId ?? id });
    const moved = {
      api: before.host !== host || before.port !== port,
      ssh: before.host !== host || before.sshPort !== sshPort,
    };
    const sshUser = input.sshUser === "" ? null : input.sshUser;
    const typed = Object.keys(sealSecrets(vault, id, input));
    const reached =
      typed.length > 0 || moved.api || moved.ssh || before.tokenId !== tokenId || before.sshUser !== sshUser;
    // What reaches a saved node now works until something else was tested.
    const copied = before.draftUntil === null && reached;
    const target = copied ? draftId : id;
    const secrets = sealSecrets(vault, target, input);
    const after = { ...before, ...secrets };
    requireSecrets(input, { moved, hasPassword: after.sshPassword !== null, hasKey: after.sshPrivateKey !== null });
    const values = {
      name,
      host,
      port,
      tokenId,
      sshUser,
      sshPort,
      ...limitsOf(input),
      ...secrets,
      ...(sshUser === null ? { sshPassword: null, sshPrivateKey: null } : {}),
      ...(typed.length > 0 ? { secretsSetAt: clock() } : {}),
      ...unpinned({ moved, sshUser, sshHostKey: before.sshHostKey }),
      ...(copied || before.replacesId !== null ? { draftFields: fieldsChanged(before, input) } : {}),
      probing: true,
    };
    // One draft of a node at a time: a newer change takes the place of one that nobody saved.
    if (copied) await transaction.proxmoxNode.deleteMany({ where: { replacesId: id } });
    await requireRoomForCheck(transaction, { userId, except: id });
    if (copied) {
      await requireRoomForDraft(transaction, userId);
      await transaction.proxmoxNode.create({
        data: {
          ...copyOf(before),
          ...secretsFor(vault, before, draftId),
          ...values,
          id: draftId,
          replacesId: id,
          draftUntil: draftEnd(clock),
        },
      });
    } else await transaction.proxmoxNode.update({ where: { id }, data: { ...values, ...beforeTest(before, clock) } });
    const action = copied || before.draftUntil !== null ? "node.draft" : "node.update";
    await ctx.audit(transaction, {
      action,
      target: { type: "node", id, name },
      details: { host, port, tokenId, secrets: typed.join(", "), ...limitsOf(input) },
    });
    return target;
  });
  await (shown === id ? startProbe : startFirstProbe)(ctx, shown);
  return { id: shown };
}

/** What a draft takes over from the node that it changes; what is known of the machine goes where `unpinned` says so. */
function copyOf(
  node: ProxmoxNode,
): Omit<Prisma.ProxmoxNodeUncheckedCreateInput, "id" | "name" | "host" | "tokenId" | "tokenSecret"> {
  const {
    userId,
    vmidFrom,
    vmidTo,
    createsAtOnce,
    tasksAtOnce,
    secretsSetAt,
    tlsFingerprint,
    sshHostKey,
    seenTlsFingerprint,
    seenSshHostKey,
    pveName,
    pveVersion,
  } = node;
  return {
    userId,
    vmidFrom,
    vmidTo,
    createsAtOnce,
    tasksAtOnce,
    secretsSetAt,
    tlsFingerprint,
    sshHostKey,
    seenTlsFingerprint,
    seenSshHostKey,
    pveName,
    pveVersion,
    seenCertificate: node.seenCertificate ?? Prisma.DbNull,
    inventory: node.inventory ?? Prisma.DbNull,
    ...(node.state === "unverified" || node.state === "key_changed"
      ? { state: node.state, stateReason: node.stateReason ?? Prisma.DbNull }
      : { state: "needs_attention", stateReason: { why: "checking" } satisfies NodeReasonCode }),
  };
}

interface Reached {
  moved: { api: boolean; ssh: boolean };
  sshUser: string | null;
  sshHostKey: string | null;
}

/** A new place is a new identity: a person compares it anew. */
function unpinned({ moved, sshUser, sshHostKey }: Reached) {
  return {
    ...(moved.api
      ? {
          tlsFingerprint: null,
          seenTlsFingerprint: null,
          seenCertificate: Prisma.DbNull,
          pveName: null,
          pveVersion: null,
          inventory: Prisma.DbNull,
        }
      : {}),
    ...(moved.ssh || sshUser === null ? { sshHostKey: null, seenSshHostKey: null } : {}),
    ...(moved.api || (sshUser !== null && (moved.ssh || sshHostKey === null))
      ? { state: "unverified" as const, stateReason: Prisma.DbNull }
      : {}),
  };
}

/** What is left out stays as it is. */
function limitsOf({ vmidFrom, vmidTo, createsAtOnce, tasksAtOnce }: Input) {
  return {
    ...(vmidFrom === undefined || vmidTo === undefined ? {} : { vmidFrom, vmidTo }),
    ...(createsAtOnce === undefined ? {} : { createsAtOnce }),
    ...(tasksAtOnce === undefined ? {} : { tasksAtOnce }),
  };
}

interface Known {
  moved: { api: boolean; ssh: boolean };
  hasPassword: boolean;
  hasKey: boolean;
}

/** A kept secret must not follow the node to another machine: whoever has a person's session could have it sent to theirs. */
function requireSecrets(input: Input, { moved, hasPassword, hasKey }: Known): void {
  const again = "The node is at another place now: type it again.";
  const fields: Record<string, string> = {};
  if (moved.api && input.tokenSecret === undefined) fields.tokenSecret = again;
  if (input.sshUser !== "" && !hasPassword && !hasKey) fields.sshPassword = "SSH needs a password or a private key.";
  if (input.sshUser !== "" && moved.ssh && hasPassword && input.sshPassword === undefined) fields.sshPassword = again;
  if (input.sshUser !== "" && moved.ssh && hasKey && input.sshPrivateKey === undefined) fields.sshPrivateKey = again;
  const [first] = Object.values(fields);
  if (first !== undefined) throw new AppError("node.input", first, { fields });
}
