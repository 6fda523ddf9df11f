// Looks into the OS image that lies on the node, for the person who reads a plan. It may fail: then the plan says why, and stands.
import type { PlanDocument, PlanFile } from "@homeport/domain/plan/plan";
import { encodingOf, type TemplateFile } from "@homeport/domain/template/template";
import { OsImageError, readOsImage, type ImageEntry } from "@homeport/ssh";
import { explain, sentence, type Trouble } from "../../failures";
import type { Host } from "../deps";
import { allUnknown, withBefore } from "./plan-before";

export interface ImageQuestion {
  nodeId: string;
  document: PlanDocument;
  /** Of the template's files. */
  files: readonly Pick<TemplateFile, "target" | "content" | "encoding">[];
}

/** The plan's files, each with what it replaces. Throws nothing. */
export type ReadImageFiles = (
  host: Host,
  looked: ImageQuestion,
  signal: AbortSignal,
) => Promise<{ files: PlanFile[]; seen?: Trouble["seen"] }>;

/** A node unpacks an image of 120 MB in a second or two; one that takes much longer keeps somebody waiting for a detail. */
const READ_MS = 8_000;
/** The same image is looked at again with every change of a draft; how it is called and how large it is tells it apart. */
const KEPT_MS = 300_000;
const MOST_KEPT = 8;

export function createReadImageFiles({
  readMs = READ_MS,
  now = Date.now,
}: { readMs?: number; now?: () => number } = {}): ReadImageFiles {
  const kept = new Map<string, { atMs: number; entries: Map<string, ImageEntry> }>();

  async function read(
    host: Host,
    { nodeId, document: { image }, files }: ImageQuestion,
    signal: AbortSignal,
  ): Promise<Map<string, ImageEntry>> {
    const paths = files.map(({ target }) => target);
    const key = JSON.stringify([nodeId, image.volid, image.sizeBytes, paths]);
    const known = kept.get(key);
    if (known && now() - known.atMs < KEPT_MS) return known.entries;
    const entries = await unless(
      signal,
      host.ssh().then((ssh) => readOsImage(ssh, { volid: image.volid, paths }, { signal })),
    );
    kept.delete(key);
    kept.set(key, { atMs: now(), entries });
    for (const oldest of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(oldest);
    return entries;
  }

  return async (host, looked, signal) => {
    const { document, files } = looked;
    const unknown = (reason: string) => allUnknown(document.files, reason);
    if (document.files.length === 0) return { files: [] };
    if (!host.hasSsh)
      return {
        files: unknown(
          `Node ${host.name} has no SSH access, or its host key is not confirmed, so nobody can look into the OS template.`,
        ),
      };
    if (!document.image.present)
      return { files: unknown("The OS template is not on the node yet; what it holds can be seen once it is there.") };
    const patience = AbortSignal.timeout(readMs);
    try {
      const entries = await read(host, looked, AbortSignal.any([signal, patience]));
      return {
        files: withBefore(
          document.files,
          new Map(files.map((file) => [file.target, Buffer.from(file.content, encodingOf(file))])),
          entries,
        ),
      };
    } catch (error) {
      if (patience.aborted)
        return { files: unknown(`Node ${host.name} did not read the OS template within ${readMs / 1_000} s.`) };
      const { words, seen } =
        error instanceof OsImageError
          ? { words: `Node ${host.name} could not read the OS template: ${error.message.split("\n")[0] ?? ""}` }
          : explain(error, host.name);
      return { files: unknown(sentence(words)), ...(seen === undefined ? {} : { seen }) };
    }
  };
}

/** An SSH connection that is being made cannot be called off; it is not waited for. */
function unless<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      reject(signal.reason instanceof Error ? signal.reason : new Error("ended"));
    };
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener("abort", onAbort);
    });
  });
}
