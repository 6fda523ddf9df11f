// Quotas in words.
import type { Bound, Excess, QuotaOf, QuotaPart } from "../quota/quota";

const gib = 1024;

/** "1 container", "8 cores", "512 MiB of memory", "2 GiB of memory", "20 GiB of disk". */
export function amountText(part: QuotaPart, amount: number): string {
  switch (part) {
    case "containers":
      return `${amount} container${amount === 1 ? "" : "s"}`;
    case "cores":
      return `${amount} core${amount === 1 ? "" : "s"}`;
    case "memoryMib":
      return amount !== 0 && amount % gib === 0 ? `${amount / gib} GiB of memory` : `${amount} MiB of memory`;
    case "diskGib":
      return `${amount} GiB of disk`;
  }
}

/** "18 of 20 containers", "4608 of 4096 MiB of memory", "1 of 2 GiB of memory". */
export function shareText(part: QuotaPart, amount: number, limit: number): string {
  if (part === "memoryMib" && amount % gib === 0 && limit % gib === 0)
    return `${amount / gib} of ${limit / gib} GiB of memory`;
  return part === "memoryMib" ? `${amount} of ${limit} MiB of memory` : `${amount} of ${amountText(part, limit)}`;
}

export const quotaPartText: Record<QuotaPart, string> = {
  containers: "Containers",
  cores: "Cores",
  memoryMib: "Memory",
  diskGib: "Disk",
};

const holders: Record<QuotaOf, (name: string) => string> = {
  share: (name) => `This project may use ${name} for`,
  project: (name) => `The project ${name} may have`,
  organization: (name) => `The organization ${name} may have`,
  person: (name) => `${name} may have created`,
};

/** Who can raise it. */
const raisers: Record<QuotaOf, string> = {
  share: "The node's owner can change this.",
  project: "An owner or administrator of its organization can change this.",
  organization: "An owner of the organization can change this.",
  person: "Who set this Homeport up can change this.",
};

/** What is in the way of a create, and who can change it. */
export function excessText(excess: Excess): string {
  return `${excessFact(excess)} ${raisers[excess.bound.of]}`;
}

/** For those who could change it themselves. */
export function excessFact({ bound, part, limit, left, wanted }: Excess): string {
  const { of, name } = bound;
  const rest = left === 0 ? "nothing of it is left" : `${amountText(part, left)} ${left === 1 ? "is" : "are"} left`;
  return `${holders[of](name)} ${amountText(part, limit)} at most: ${rest}, and this takes ${amountText(part, wanted)}.`;
}

/** At the inputs that can be made smaller; how many containers there are is none. */
export function excessFields(
  excess: readonly Excess[],
  text = excessText,
): Partial<Record<Exclude<QuotaPart, "containers">, string>> {
  const mendable = excess.filter(({ part }) => part !== "containers").toReversed(); // of one input the first stays
  return Object.fromEntries(mendable.map((one) => [one.part, text(one)]));
}

const bounded: Record<QuotaOf, (name: string) => string> = {
  share: (name) => `This project on ${name}`,
  project: (name) => `Project ${name}`,
  organization: (name) => `Organization ${name}`,
  person: (name) => `Created by ${name}`,
};

/** Whose quota it is, for a list. */
export function boundText({ of, name }: Pick<Bound, "of" | "name">): string {
  return bounded[of](name);
}
