// Row ids made before the row, for what must be sealed for it: UUIDv7 (RFC 9562), as Prisma makes them.
import { v7 } from "uuid";

export function newId(now: Date): string {
  return v7({ msecs: now.getTime() });
}
