// What a file of a plan means for the container, in words: beside its name, and as a sentence.
import type { PlanFile } from "@homeport/domain/plan/plan";

type Named = Pick<PlanFile, "before" | "policy" | "target">;

/** Without a look into the OS template. */
const policies: Record<PlanFile["policy"], string> = {
  REPLACE: "If the OS template has one of this name, it is replaced.",
  DEFAULT: "If the OS template has one of this name, that one is kept.",
  BACKUP: "If the OS template has one of this name, it is kept beside this one.",
};

const differing: Record<PlanFile["policy"], { short: string; long: (target: string) => string }> = {
  REPLACE: { short: "replaces another", long: () => "Replaces the OS template’s file." },
  DEFAULT: {
    short: "not written",
    long: () =>
      "The OS template’s file is kept, because the policy is DEFAULT: this one is not written. It would change:",
  },
  // Named by the guest's runner: by what is in the old one.
  BACKUP: {
    short: "replaces another, which is kept",
    long: (target) => `Replaces the OS template’s file, which is kept beside it as ${target}.homeport-….`,
  },
};

/** A few words for the closed line. */
export function fileState({ before, policy }: Named): string {
  switch (before?.state) {
    case "new":
      return "new";
    case "same":
      return "same as in the OS template";
    case "differs":
      return differing[policy].short;
    case "unknown":
    case undefined:
      return "not known what it replaces";
  }
}

/** Why it is not known of any of them; `undefined` when it is known of one, or each has a reason of its own. */
export function sharedReason(files: readonly Pick<PlanFile, "before">[]): string | undefined {
  const [first] = files;
  const reason = first?.before?.state === "unknown" ? first.before.reason : undefined;
  return files.every(({ before }) => before?.state === "unknown" && before.reason === reason) ? reason : undefined;
}

/** A sentence or two. `reasonShown`: the reason stands above already. */
export function fileText(
  { before, policy, target }: Named,
  { reasonShown = false }: { reasonShown?: boolean } = {},
): string {
  switch (before?.state) {
    case "new":
      return "A new file: the OS template has none of this name.";
    case "same":
      return "The OS template has the very same text; owner and mode are set.";
    case "differs":
      return [differing[policy].long(target), before.reason].filter(Boolean).join(" ");
    case "unknown":
      return reasonShown ? policies[policy] : `${before.reason} ${policies[policy]}`;
    case undefined:
      return policies[policy];
  }
}
