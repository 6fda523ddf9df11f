// The token of an invitation's link, as `newToken` of packages/auth makes it: 32 bytes in base64url.
import { z } from "zod";

export const InvitationToken = z
  .string()
  .regex(/^[\w-]{43}$/, "This is no whole invitation link: copy all of it, from http to its last character.");
