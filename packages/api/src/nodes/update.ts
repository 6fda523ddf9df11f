// Changes how a node is reached. A new place is a new identity: its pins go, and its secrets have to be typed again.
import { Prisma } from "@homeport/db/client";
import { AppError } from "@homeport/domain/error";
import type { UpdateNodeInput } from "@homeport/domain/node-input";
import type { z } from "zod";
import type { MemberContext } from "../context";
import { requireFreeName } from "./free-name";
import { lockNodesOf, ownNode } from "./own";
import { requireUsablePlace } from "./place";
import { sealSecrets } from "./secrets";
import { startProbe } from "./start-probe";

type Input = z.output<typeof UpdateNodeInput>;

export async function updateNode(ctx: MemberContext, input: Input): Promise<{ id: string }> {
  const { userId, vault, clock } = ctx;
  const { id, name, host, port, tokenId, sshPort } = input;
  const fields = { name: true, host: true, port: true, sshUser: true, sshPort: true, sshPassword: true, sshPrivateKey: true, sshHostKey: true } as const;
  await ownNode(ctx.db, { id, userId }, { id: true });
  await requireUsablePlace(ctx, input);
  await ctx.db.$transaction(async (transaction) => {
    await lockNodesOf(transaction, userId);
    const before = await ownNode(transaction, { id, userId }, fields);
    await requireFreeName(transaction, { userId, name, except: id });
    const moved = { api: before.host !== host || before.port !== port, ssh: before.host !== host || before.sshPort !== sshPort };
    const secrets = sealSecrets(vault, id, input);
    const after = { ...before, ...secrets };
    requireSecrets(input, { moved, hasPassword: after.sshPassword !== null, hasKey: after.sshPrivateKey !== null });
    const sshUser = input.sshUser === "" ? null : input.sshUser;
    const unpinned = {
      ...(moved.api ? { tlsFingerprint: null, seenTlsFingerprint: null, seenCertificate: Prisma.DbNull, pveName: null, pveVersion: null } : {}),
      ...(moved.ssh || sshUser === null ? { sshHostKey: null, seenSshHostKey: null } : {}),
      ...(moved.api || (sshUser !== null && (moved.ssh || before.sshHostKey === null)) ? { state: "unverified" as const, stateReason: null } : {}),
    };
    const limits = limitsOf(input);
    const withoutSsh = sshUser === null ? { sshPassword: null, sshPrivateKey: null } : {};
    const typed = Object.keys(secrets).length > 0 ? { secretsSetAt: clock() } : {};
    await transaction.proxmoxNode.update({ where: { id }, data: { name, host, port, tokenId, sshUser, sshPort, ...limits, ...secrets, ...withoutSsh, ...typed, ...unpinned, probing: true } });
    await ctx.audit(transaction, { action: "node.update", target: { type: "node", id, name }, details: { host, port, tokenId, secrets: Object.keys(secrets).join(", "), ...limits } });
  });
  await startProbe(ctx, id);
  return { id };
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
