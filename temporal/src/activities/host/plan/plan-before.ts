// What the OS image holds where a file is to be put, as the plan tells it: new, the same, or another one with its text.
import type { PlanBefore, PlanFile } from "@homeport/domain/plan/plan";
import type { ImageEntry } from "@homeport/ssh";
import { plainText } from "../../output/harmless";

const KIB = 1024;
/** Of one text, and of all of a plan together: a plan travels through the engine. */
export const MOST_SHOWN_BYTES = 64 * KIB;

/** `contents`: of the template's files, by target. `entries`: of the image, by target. */
export function withBefore(
  files: readonly PlanFile[],
  contents: ReadonlyMap<string, Buffer>,
  entries: ReadonlyMap<string, ImageEntry>,
): PlanFile[] {
  let left = MOST_SHOWN_BYTES;
  return files.map((file) => {
    const before = planBefore(file.target, contents.get(file.target) ?? Buffer.alloc(0), entries.get(file.target));
    if (before.state !== "differs" || before.text === null) return { ...file, before };
    left -= before.sizeBytes;
    return {
      ...file,
      before:
        left >= 0
          ? before
          : {
              ...before,
              text: null,
              reason: `A plan shows at most ${MOST_SHOWN_BYTES / KIB} KiB of what the OS template has.`,
            },
    };
  });
}

export const allUnknown = (files: readonly PlanFile[], reason: string): PlanFile[] =>
  files.map((file) => ({ ...file, before: { state: "unknown", reason } }));

export function planBefore(target: string, content: Buffer, entry: ImageEntry | undefined): PlanBefore {
  const unknown = (reason: string): PlanBefore => ({ state: "unknown", reason: plainText(reason) });
  switch (entry?.kind) {
    case undefined:
      return unknown("The OS template was not asked for it.");
    case "absent":
      return { state: "new" };
    case "link":
      return unknown(
        entry.at === target
          ? `In the OS template it is a link to ${entry.to}.`
          : `In the OS template ${entry.at} is a link to ${entry.to}, which is not followed.`,
      );
    case "directory":
      return unknown("In the OS template it is a directory, which would be in the way.");
    case "other":
      return unknown(`In the OS template it is ${entry.what}.`);
    case "file":
      return compared(content, entry);
  }
}

function compared(ours: Buffer, { content, sizeBytes, permissions }: ImageEntry & { kind: "file" }): PlanBefore {
  if (content === null && sizeBytes === ours.length)
    return { state: "unknown", reason: "The OS template’s file is too large to be compared." };
  if (content?.equals(ours)) return { state: "same" };
  const hidden = (reason: string): PlanBefore => ({ state: "differs", sizeBytes, text: null, reason });
  if (content === null || sizeBytes > MOST_SHOWN_BYTES)
    return hidden("The OS template’s file is too large to be shown.");
  // What only root may read there is not for everybody who may plan.
  if (permissions[6] !== "r")
    return hidden("Only its owner may read the OS template’s file, so its text is not shown.");
  const text = asText(content);
  if (asText(ours) === undefined) return hidden("The new file is not text, so the two are not shown side by side.");
  return text === undefined ? hidden("The OS template’s file is not text.") : { state: "differs", sizeBytes, text };
}

function asText(bytes: Buffer): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
