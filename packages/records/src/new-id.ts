// Row ids made before the row, for what must be sealed for it: UUIDv7 (RFC 9562), as Prisma makes them.
import { randomInt } from "node:crypto";
import { v7 } from "uuid";

/** Of the last one: those of one millisecond are in the order in which this process made them (RFC 9562, section 6.2, method 1). */
let last = { msecs: 0, seq: 0 };

export function newId(now: Date): string {
  const msecs = now.getTime();
  last = { msecs, seq: msecs === last.msecs ? last.seq + 1 : randomInt(2 ** 30) };
  return v7(last);
}
