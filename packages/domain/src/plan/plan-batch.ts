// The plans of many containers that are asked for at once: what they share travels once, each has its own part. Two hundred
// specs and documents with their keys in full would be more than one message of the engine may hold (2 MiB).
import type { ContainerSpec } from "../container/container-input";
import { canonical } from "../canonical";
import type { PlanDocument, PlanOption } from "./plan";

/** Members of one batch: on one node, from one revision. */
export interface BatchQuestion {
  first: ContainerSpec;
  /** Of the others: what differs from the first. */
  others: Partial<ContainerSpec>[];
  /** Who would create them, and in which project. */
  creator?: { projectId: string; userId: string };
}

export interface PlannedBatch {
  /** Of the first member. */
  first: { hash: string; document: PlanDocument };
  /** Of the others: what differs from the first; `options` are those of `config` that do, where both have the same ones. */
  others: { hash: string; part: Partial<PlanDocument>; options: PlanOption[] }[];
}

/** Undefined for none. */
export function askForBatch(
  [first, ...others]: readonly ContainerSpec[],
  creator?: BatchQuestion["creator"],
): BatchQuestion | undefined {
  return (
    first && {
      first,
      others: others.map((one) => differing(first, one)),
      ...(creator === undefined ? {} : { creator }),
    }
  );
}

export function specsOf({ first, others }: Pick<BatchQuestion, "first" | "others">): ContainerSpec[] {
  return [first, ...others.map((one) => ({ ...first, ...one }))];
}

export function packPlans([first, ...others]: readonly [
  { hash: string; document: PlanDocument },
  ...{ hash: string; document: PlanDocument }[],
]): PlannedBatch {
  const { config: shared } = first.document;
  return {
    first,
    others: others.map(({ hash, document }) => {
      const { config, ...part } = differing(first.document, document);
      if (config === undefined || !sameOptions(shared, config))
        return { hash, part: { ...part, ...(config === undefined ? {} : { config }) }, options: [] };
      return { hash, part, options: config.filter((one, index) => canonical(one) !== canonical(shared[index])) };
    }),
  };
}

/** Each member's whole plan, in order. */
export function unpackPlans({ first, others }: PlannedBatch): { hash: string; document: PlanDocument }[] {
  const { document: shared } = first;
  return [
    first,
    ...others.map(({ hash, part, options }) => ({
      hash,
      document: {
        ...shared,
        config: shared.config.map((one) => options.find(({ option }) => option === one.option) ?? one),
        ...part,
      },
    })),
  ];
}

const sameOptions = (a: readonly PlanOption[], b: readonly PlanOption[]): boolean =>
  a.length === b.length && a.every(({ option }, index) => option === b[index]?.option);

function differing<T extends object>(first: T, one: T): Partial<T> {
  const keys = Object.keys(one) as (keyof T)[]; // its own keys
  return Object.fromEntries(
    keys.filter((key) => canonical(one[key]) !== canonical(first[key])).map((key) => [key, one[key]]),
  ) as Partial<T>; // a part of it
}
