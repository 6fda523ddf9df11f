// Opens the credentials of one service for a person who asks; the audit log says who did.
import { AppError } from "@homeport/domain/error";
import { z } from "zod";
import type { MemberContext } from "../context";
import { ownContainer } from "./own";

const Credentials = z.record(z.string(), z.string());

export async function revealCredentials(
  ctx: MemberContext,
  { id, service }: { id: string; service: string },
): Promise<Record<string, string>> {
  const select = {
    hostname: true,
    services: { where: { name: service }, select: { id: true, credentials: true } },
  } as const;
  const { container, membership } = await ownContainer(ctx, { id, permission: "secret:read" }, { select });
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
