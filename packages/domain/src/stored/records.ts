// The small documents beside a record: what a line of the audit log, an event and an answered request say beyond their columns.
import { z } from "zod";
import { storedDocument } from "./document";

/** Flat: what was done, in a few values. */
export const StoredDetails = storedDocument(
  z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
);

/** What an event of a container is about (container/container-event). `text`: the sentence of a release that stored one. */
export const StoredEventMetadata = storedDocument(
  z.object({
    runId: z.string().optional(),
    what: z.string().optional(),
    why: z.string().optional(),
    text: z.string().optional(),
  }),
);
