// Opens the credentials of one service for a person who asks; the audit log says who did.
import { AppError } from "@homeport/domain/error";
import { z } from "zod";
import type { MemberContext } from "../context";
import { owned } from "../access/owned";

const Credentials = z.record(z.string(), z.string());

export async function revealCredentials(
  ctx: MemberContext,
  { id, service }: { id: string; service: string },
): Promise<Record<string, string>> {
  const select = {
    hostname: true,
    services: { where: { name: service }, select: { id: true, credentials: true } },
  } as const;
  const { row: container, membership } = await owned(ctx, { noun: "container", id, permission: "secret:read" }, select);
  const [found] = container.services;
  if (!found || found.credentials === null)
    throw new AppError("credentials.none", "No credentials are known for this service.");
  const sealed = found.credentials;
  const opened = Credentials.parse(
    JSON.parse(ctx.vault.open({ table: "ContainerService", row: found.id, column: "credentials" }, sealed)),
  );
  // Told first: nobody sees them without a line.
  await ctx.audit(ctx.db, {
    action: "secret.reveal",
    target: { type: "container", id, name: container.hostname },
    organizationId: membership.organizationId,
    projectId: membership.projectId,
    details: { service },
  });
  return opened;
}
