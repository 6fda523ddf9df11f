// How much the containers of a project, of an organization, of a person, or of a shared node's project may take altogether.
import "../text/input-messages";
import { z } from "zod";
import type { ContainerSpec } from "../container/container-input";

export const QuotaParts = ["containers", "cores", "memoryMib", "diskGib"] as const;
export type QuotaPart = (typeof QuotaParts)[number];

/** What is taken, or would be. `memoryMib` is without swap, `diskGib` of root disks. */
export type Amounts = Record<QuotaPart, number>;

/** The column of each part holds as much (PostgreSQL's integer, rounded down to what a person may have meant). */
const most = 2_000_000_000;
const Part = z.int("A whole number.").min(0, "Not less than 0.").max(most, "That is more than can be kept.").nullable();

/** Null: without a limit. 0: nothing more of it. */
export const Quota = z.strictObject({ containers: Part, cores: Part, memoryMib: Part, diskGib: Part });
export type Quota = z.infer<typeof Quota>;

/** What somebody changes of it; the rest stays as it is by then. */
export const QuotaChange = Quota.partial();
export type QuotaChange = z.infer<typeof QuotaChange>;

export const noQuota: Quota = { containers: null, cores: null, memoryMib: null, diskGib: null };
export const nothingTaken: Amounts = { containers: 0, cores: 0, memoryMib: 0, diskGib: 0 };

export function withChange(before: Quota, change: QuotaChange): Quota {
  return eachPart((part) => {
    const changed = change[part];
    return changed === undefined ? before[part] : changed;
  });
}

/** One value for each part. */
export const eachPart = <Value>(of: (part: QuotaPart) => Value): Record<QuotaPart, Value> => ({
  containers: of("containers"),
  cores: of("cores"),
  memoryMib: of("memoryMib"),
  diskGib: of("diskGib"),
});

/** Of one container. */
export function takenBy({
  cores,
  memoryMib,
  diskGib,
}: Pick<ContainerSpec, "cores" | "memoryMib" | "diskGib">): Amounts {
  return { containers: 1, cores, memoryMib, diskGib };
}

export function sumOf(amounts: readonly Amounts[]): Amounts {
  return amounts.reduce((total, one) => eachPart((part) => total[part] + one[part]), nothingTaken);
}

/** Of a container whose settings change: the new amount of each part that grows, and 0 of the others. */
export function increaseOf(before: Amounts, after: Amounts): Amounts {
  return eachPart((part) => (after[part] > before[part] ? after[part] : 0));
}

export function isLimited(quota: Quota): boolean {
  return QuotaParts.some((part) => quota[part] !== null);
}

/**
 * Whose quota it is. "share": of a node that was shared into the project, over what the project has on it; "project", "organization": over
 * what is in it; "person": over what the person has created, wherever.
 */
export type QuotaOf = "share" | "project" | "organization" | "person";

/** A quota that holds for a create, with what is taken of it now. */
export interface Bound {
  of: QuotaOf;
  /** Of the node, the project, the organization or the person. */
  name: string;
  quota: Quota;
  used: Amounts;
}

export interface Excess {
  bound: Bound;
  part: QuotaPart;
  limit: number;
  /** Never less than 0: a quota may have been lowered below what is taken. */
  left: number;
  wanted: number;
}

/** Every part of which more is wanted than is left. Who wants none of a part is not held to it. */
export function excessOf(bounds: readonly Bound[], wanted: Amounts): Excess[] {
  return bounds.flatMap((bound) =>
    QuotaParts.flatMap((part): Excess[] => {
      const limit = bound.quota[part];
      if (limit === null || wanted[part] <= 0) return [];
      const left = Math.max(0, limit - bound.used[part]);
      return wanted[part] > left ? [{ bound, part, limit, left, wanted: wanted[part] }] : [];
    }),
  );
}

/** As it will be when this is taken. */
export function withTaken(bounds: readonly Bound[], taken: Amounts): Bound[] {
  return bounds.map((bound) => ({ ...bound, used: sumOf([bound.used, taken]) }));
}
