// A few words beside a step, as they are stored (RunStep.detail, RunAttempt.detail): codes and the names they need. text/step-detail makes the words.
import { z } from "zod";
import { WaitingFor } from "./waiting";

const codes = [
  /** It waits for the same as its run, or did when its attempt ended. */
  z.object({ is: z.literal("waiting"), for: WaitingFor }),
  /** The run says its place in the queue. */
  z.object({ is: z.literal("queued") }),
  z.object({ is: z.literal("as_planned") }),
  z.object({ is: z.literal("planned_now") }),
  z.object({ is: z.literal("reserved"), vmid: z.number() }),
  /** `taken`: VMIDs that somebody else took meanwhile. */
  z.object({ is: z.literal("created"), vmid: z.number(), taken: z.array(z.number()) }),
  z.object({ is: z.literal("image_there"), storage: z.string() }),
  /** `null`: not known yet. */
  z.object({ is: z.literal("downloading"), percent: z.number().nullable(), totalBytes: z.number().nullable() }),
  z.object({ is: z.literal("downloaded"), storage: z.string() }),
  z.object({ is: z.literal("address"), address: z.string() }),
  z.object({ is: z.literal("nothing_to_install") }),
  /** There is no SSH to look for services with. */
  z.object({ is: z.literal("not_discovered") }),
  /** `list`: "postgresql (5432), redis (6379)", cut; of `without` of them no credentials are kept, for the limits that are named. */
  z.object({
    is: z.literal("services"),
    list: z.string(),
    without: z.number(),
    most: z.number(),
    mostBytes: z.number(),
  }),
  /** It did not shut down in time. */
  z.object({ is: z.literal("stopped_hard") }),
  /** Before it was to be stopped; before it was to be destroyed. */
  z.object({ is: z.literal("gone") }),
  z.object({ is: z.literal("gone_before") }),
  /** The cancel came when the node had begun already. */
  z.object({ is: z.literal("destroyed_anyway") }),
  /** `by`: a person's name; null where that is not known. */
  z.object({ is: z.literal("skipped"), by: z.string().nullable() }),
  z.object({ is: z.literal("cancelled"), by: z.string().nullable() }),
  /** Its run ended, or was undone, while it was tried. */
  z.object({ is: z.literal("not_ended") }),
] as const;
const StepDetailCode = z.discriminatedUnion("is", codes);
/** What is written: never a sentence. */
export type StepDetailCode = z.infer<typeof StepDetailCode>;

/** `text`: the words of a release that stored them; empty: of another one, by a code that is not known here. */
export const StepDetail = z.discriminatedUnion("is", [...codes, z.object({ is: z.literal("text"), text: z.string() })]);
export type StepDetail = z.infer<typeof StepDetail>;

/** Whatever is stored is read, and what an activity of an older release answered into a history: that was text. */
export function readStepDetail(stored: unknown): StepDetail | null {
  if (stored === null || stored === undefined || stored === "") return null;
  if (typeof stored === "string") return { is: "text", text: stored };
  return StepDetail.safeParse(stored).data ?? { is: "text", text: "" };
}
