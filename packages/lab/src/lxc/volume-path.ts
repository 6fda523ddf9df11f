// Where a volume beside the root disk is kept.
import { join } from "node:path";

export const volumePath = (home: string, name: string): string => join(home, "volumes", name);
