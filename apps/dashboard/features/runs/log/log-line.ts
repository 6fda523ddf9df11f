// One line of a step's log, as the screen shows it.
import type { LogPiece } from "@homeport/api";

export interface LogLine {
  /** Counted from 0 over the whole step, also over lines that are no longer kept. */
  number: number;
  /** "attempt" is a line of ours that separates two attempts. */
  kind: "text" | "attempt";
  /** May hold ANSI escapes. */
  text: string;
  attempt: number;
  /** "output", "task" or "homeport". */
  stream: string;
  at: Date;
}

/** The empty line that a piece begins. */
export function openLine({ attempt, stream, createdAt }: LogPiece): Omit<LogLine, "number"> {
  return { kind: "text", text: "", attempt, stream, at: createdAt };
}
