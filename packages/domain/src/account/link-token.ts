// The token of a link that was mailed or handed over, as `newToken` of packages/auth makes it: 32 bytes in base64url.
import { z } from "zod";

export const LinkToken = z
  .string()
  .regex(/^[\w-]{43}$/, "This is no whole link: copy all of it, from http to its last character.");
