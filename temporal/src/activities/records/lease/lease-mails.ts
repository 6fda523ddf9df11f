// The mails of a lease: to who made the container and who set its lease, where they still see it; else to who runs the organization.
import type { DbOrTransaction } from "@homeport/db/client";
import type { Lease } from "@homeport/db/types";
import { destructionOf } from "@homeport/domain/lease/next-act";
import type { MailContent } from "@homeport/domain/stored/mail";
import { address, managersOf, type Reader, reachableIn } from "@homeport/records/mail-readers";
import { postMail } from "@homeport/records/post-mail";
import type { LeaseDeps, LentContainer } from "./act-on-lease";

/** To one reader in an hour, of all leases: a batch ends all at once, and a lease can be set as often as somebody likes. The pages say the rest. */
const MOST_MAILS = 10;
const AN_HOUR_MS = 3_600_000;
type LeaseMail = Extract<MailContent["kind"], `lease_${string}`>;
const leaseMails: LeaseMail[] = ["lease_ends", "lease_ended", "lease_destroys"];

interface About {
  deps: LeaseDeps;
  within: DbOrTransaction;
  container: LentContainer;
  now: Date;
}

export async function mailReaders(
  { deps, within, container, now }: About,
  { kind, lease }: { kind: LeaseMail; lease: Lease },
): Promise<void> {
  const { hostname, project } = container;
  const content: MailContent = {
    kind,
    hostname,
    project: project.name,
    path: `/p/${project.slug}/containers/${container.id}`,
    endsAt: lease.endsAt.toISOString(),
    destroyedAt: destructionOf(lease)?.toISOString() ?? null,
  };
  const readers = await readersOf(within, { container, lease });
  // Many leases end at once: each reader's are counted one after the other.
  for (const { id } of readers) await within.$queryRaw`SELECT 1 FROM "User" WHERE "id" = ${id}::uuid FOR NO KEY UPDATE`;
  for (const { email: to } of readers) {
    const had = await within.mail.count({
      where: { to, kind: { in: leaseMails }, createdAt: { gt: new Date(now.getTime() - AN_HOUR_MS) } },
    });
    if (had < MOST_MAILS)
      await postMail({ vault: deps.vault, mailServer: deps.mailServer, now }, within, { to, content });
  }
}

async function readersOf(
  within: DbOrTransaction,
  { container: { project, createdById }, lease }: { container: LentContainer; lease: Lease },
): Promise<Reader[]> {
  const { organizationId } = project;
  const concerned = await within.user.findMany({
    where: {
      ...(await reachableIn(within, organizationId)),
      id: { in: [createdById, lease.setById] },
      OR: [{ organizations: { some: { organizationId } } }, { projects: { some: { project: { id: project.id } } } }],
    },
    select: address,
    orderBy: { id: "asc" },
  });
  return concerned.length > 0 ? concerned : managersOf(within, { organizationId, roles: ["OWNER", "ADMIN"] });
}
