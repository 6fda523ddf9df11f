// What a script's output shows to be the cause of its failure, which what it printed last often hides: memory or a disk that was used up.
import { withoutColours } from "../../output/harmless";

interface Cause {
  /** As the kernel, the C library, dpkg, shells and the usual runtimes write it. */
  signs: RegExp;
  text: (quote: string, has: Given) => string;
}

export interface Given {
  memoryMib: number;
  diskGib: number;
}

const causes: readonly Cause[] = [
  {
    signs: /No space left on device|Disk quota exceeded|You don't have enough free space in/i,
    text: (quote, { diskGib }) =>
      `The disk is full: “${quote}”. It was made with ${diskGib} GiB: enlarge it on the node and retry, or choose “Run again with changes”.`,
  },
  {
    signs:
      /Cannot allocate memory|\bOut of memory\b|std::bad_alloc|virtual memory exhausted|heap out of memory|^MemoryError\b/i,
    text: (quote, { memoryMib }) =>
      `There was not enough memory: “${quote}”. It was made with ${memoryMib} MiB: give it more on the node and retry, or choose “Run again with changes”.`,
  },
  {
    // A shell's "Killed", dpkg's "subprocess was killed by signal (Killed)", gcc's "Killed signal terminated program".
    signs: /(?:^|[\s:(])Killed\)?\s*$|(?:^|\d )Killed {2,}|killed by signal (?:9\b|\(?Killed)|Killed signal terminated/,
    text: (quote, { memoryMib }) =>
      `A program was killed, as happens when memory runs out: “${quote}”. It was made with ${memoryMib} MiB: give it more on the node and retry, or choose “Run again with changes”.`,
  },
];

/** Finds every line that `rootCause` may take, and others; understood by PostgreSQL as well (`~*`). */
export const CAUSE_LINES =
  "killed|allocate memory|out of memory|bad_alloc|memory exhausted|MemoryError|No space left|quota exceeded|enough free space";

const MOST_QUOTED = 120;

/** `lines` as they came. Undefined: nothing in them says so. The earliest counts: what fails later fails of it. */
export function rootCause(lines: readonly string[], has: Given): string | undefined {
  for (const raw of lines) {
    const line = withoutColours(raw).trim();
    const cause = causes.find(({ signs }) => signs.test(line));
    if (cause !== undefined)
      return cause.text(line.length > MOST_QUOTED ? `${line.slice(0, MOST_QUOTED)}…` : line, has);
  }
  return undefined;
}
