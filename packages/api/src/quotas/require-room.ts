// Whether what somebody creates stays within the limits of a share and within every quota: judged behind locks, so that of two creates with
// room for one exactly one is made.
import { lockAccount } from "@homeport/auth";
import type { DbOrTransaction } from "@homeport/db/client";
import type { ContainerSpec } from "@homeport/domain/container/container-input";
import { canonical } from "@homeport/domain/canonical";
import { type EditableKey, editableKeys } from "@homeport/domain/container/fields";
import { AppError } from "@homeport/domain/error";
import { outsideLimits } from "@homeport/domain/node/share-limits";
import {
  type Amounts,
  type Bound,
  type Excess,
  excessOf,
  increaseOf,
  QuotaParts,
  sumOf,
  takenBy,
  withTaken,
} from "@homeport/domain/quota/quota";
import type { SpecEdit } from "@homeport/domain/run/step-edit";
import { excessFields, excessText, quotaPartText } from "@homeport/domain/text/quota";
import { lockOrganization } from "../access/organizations";
import type { MemberContext } from "../context";
import { inQueue } from "../nodes/node-queue";
import { readBounds, readWithheld, type Bounds, type Place } from "./bounds";

/**
 * One transaction in which containers are made on a node: behind `lockRoom` and the node's lock, so that each sees the names, the numbers and
 * what is taken of those before it.
 */
export function inRoom<T>(
  { db }: Pick<MemberContext, "db">,
  place: Place,
  make: (transaction: DbOrTransaction) => Promise<T>,
): Promise<T> {
  return inQueue(place, () =>
    db.$transaction(async (transaction) => {
      await lockRoom(transaction, place);
      await transaction.$queryRaw`SELECT 1 FROM "ProxmoxNode" WHERE "id" = ${place.nodeId}::uuid FOR NO KEY UPDATE`;
      return make(transaction);
    }),
  );
}

/** Before the node's lock, and before anything is counted. Whoever sets a quota holds one of these; whoever changes a share, the node's. */
export async function lockRoom(
  transaction: DbOrTransaction,
  { organizationId, userId }: Pick<Place, "organizationId" | "userId">,
): Promise<void> {
  await lockOrganization(transaction, organizationId);
  await lockAccount(transaction, userId);
}

interface Wanted {
  specs: readonly ContainerSpec[];
  /** The template's name. */
  template: string;
}

/** Throws with `fields` named as the input is: "storage", "cores". */
export async function requireRoom(within: DbOrTransaction, place: Place, wanted: Wanted): Promise<void> {
  const { share, quotas } = await readBounds(within, place);
  requireWithinShare(share, wanted);
  refuseExcess(overQuota(quotas, sumOf(wanted.specs.map(takenBy))));
}

/** Without a share there is nothing to stay within. */
export function requireWithinShare(share: Bounds["share"], { specs, template }: Wanted): void {
  for (const spec of specs) refuseOutside(outsideShare(share, { ...spec, template }));
}

/** Whether they grow is judged by their amounts; the others say nothing about the node. */
const harmless: readonly EditableKey[] = [
  ...(["cores", "memoryMib", "diskGib", "swapMib"] as const),
  ...(["hostname", "nameservers", "searchDomain", "sshPublicKey", "tags", "startOnBoot"] as const),
];

interface Change {
  containerId: string;
  before: ContainerSpec;
  edit: SpecEdit;
  /** Where the input holds the edit, such as "edit.spec.". */
  under: string;
}

/** Of a container that is there already what is changed is judged, and of amounts what grows: a quota may be lower by now. */
export async function requireRoomToChange(
  within: DbOrTransaction,
  place: Place,
  { containerId, before, edit, under }: Change,
): Promise<void> {
  const { share, quotas } = await readBounds(within, place, containerId);
  const { userId, actorId = userId, nodeId } = place;
  const withheld = share === null ? await readWithheld(within, { userId: actorId, nodeId }) : null;
  const { cores = before.cores, memoryMib = before.memoryMib, diskGib = before.diskGib } = edit;
  const wanted = increaseOf(takenBy(before), takenBy({ cores, memoryMib, diskGib }));
  const changed = editableKeys.filter(
    (key) => edit[key] !== undefined && canonical(edit[key]) !== canonical(before[key]),
  );
  const larger = QuotaParts.some((part) => wanted[part] > 0) || (edit.swapMib ?? 0) > before.swapMib;
  if (withheld !== null && (larger || changed.some((key) => !harmless.includes(key))))
    throw new AppError(
      "share.outside",
      `${withheld} is not shared into this project any more: what is made on it is made as it was asked for, or smaller. Its owner can share it again.`,
    );
  const judged = Object.fromEntries(changed.map((key) => [key, edit[key]])) as SpecEdit; // a part of it
  const { storage, bridge, vmid, unprivileged } = judged;
  refuseOutside(outsideShare(share, { storage, bridge, vmid, unprivileged }), under);
  // Whose container it is need not be who changes it: what they may have elsewhere is theirs to know.
  refuseExcess(overQuota(quotas, wanted, actorId === userId ? excessText : anonymous), under);
}

function outsideShare(share: Bounds["share"], asked: Parameters<typeof outsideLimits>[0]): Record<string, string> {
  return share === null ? {} : outsideLimits(asked, share);
}

function refuseOutside(outside: Readonly<Record<string, string>>, under = ""): void {
  const [first] = Object.values(outside);
  if (first !== undefined) throw new AppError("share.outside", first, { fields: fieldsUnder(under, outside) });
}

function refuseExcess(over: OverQuota | undefined, under = ""): void {
  if (over !== undefined) throw new AppError("quota.exceeded", over.text, { fields: fieldsUnder(under, over.fields) });
}

const fieldsUnder = (under: string, fields: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([field, text]) => [`${under}${field}`, text]));

interface OverQuota {
  text: string;
  /** Of those that an input can mend. */
  fields: Record<string, string>;
}

function anonymous(excess: Excess): string {
  const { bound, part } = excess;
  return bound.of === "person"
    ? `This takes more ${quotaPartText[part].toLowerCase()} than whose container it is may have. Who set this Homeport up can change this.`
    : excessText(excess);
}

/** Undefined: it fits. */
export function overQuota(
  quotas: readonly Bound[],
  wanted: Amounts,
  text: (excess: Excess) => string = excessText,
): OverQuota | undefined {
  const excess = excessOf(quotas, wanted);
  const [first] = excess;
  if (first === undefined) return undefined;
  const more = excess.length === 1 ? "" : ` And ${excess.length - 1} more.`;
  return {
    text: `${text(first)}${more}`,
    fields: excessFields(excess, text),
  };
}

/** For each in turn why it does not fit in what those before it leave; undefined where it does. */
export async function whyNoRoom(
  within: DbOrTransaction,
  place: Place,
  { specs, template }: Wanted,
): Promise<(string | undefined)[]> {
  const { share, quotas } = await readBounds(within, place);
  let left = quotas;
  return specs.map((spec) => {
    const [outside] = Object.values(outsideShare(share, { ...spec, template }));
    const why = outside ?? overQuota(left, takenBy(spec))?.text;
    if (why === undefined) left = withTaken(left, takenBy(spec));
    return why;
  });
}
