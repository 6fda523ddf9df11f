// The log of one step as text, up to a size that a page can compare.
import { plainFetch } from "@/lib/plain-fetch";
import { plainText } from "../log/ansi";

/** More of a log than this is not compared on a page. */
const MAX_LOG_BYTES = 512 * 1024;

export interface StepLogText {
  text: string;
  /** There is more of it. */
  cut: boolean;
}

/** Without ANSI escapes. Rejects with words for the screen. */
export async function readStepLog(
  { runId, step }: { runId: string; step: string },
  signal: AbortSignal,
): Promise<StepLogText> {
  const answer = await plainFetch(`/api/runs/${runId}/log?step=${encodeURIComponent(step)}`, { signal });
  if (!answer.ok || !answer.body) throw new Error((await answer.text()).trim() || "The log could not be read.");
  const reader = answer.body.getReader();
  const decoder = new TextDecoder();
  let [text, bytes] = ["", 0];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { text: plain(text + decoder.decode()), cut: false };
    bytes += value.byteLength;
    text += decoder.decode(value, { stream: true });
    if (bytes < MAX_LOG_BYTES) continue;
    await reader.cancel();
    return { text: plain(text.slice(0, text.lastIndexOf("\n") + 1 || undefined)), cut: true };
  }
}

const plain = (text: string): string => text.split("\n").map(plainText).join("\n");
